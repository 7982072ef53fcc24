// The page: keeps one card per phone in step with the desk, by server-sent events.
import { Card } from "/desk/files/card.js";

const cards = new Map();
const link = document.getElementById("link");
const voice = document.getElementById("voice");
let aloud = false;

voice.addEventListener("click", () => {
  aloud = !aloud;
  voice.setAttribute("aria-pressed", String(aloud));
  voice.textContent = aloud ? "Voice: on" : "Voice: off";
  if (!aloud && window.speechSynthesis) speechSynthesis.cancel();
});

function speak(line) {
  if (!aloud || !window.speechSynthesis || line.text.startsWith("♪")) return;
  const words = new SpeechSynthesisUtterance(line.text);
  words.lang = line.language || document.documentElement.lang;
  speechSynthesis.speak(words);
}

function card(phone) {
  if (!cards.has(phone.number)) {
    const made = new Card(phone, speak);
    cards.set(phone.number, made);
    document.querySelector(`.phones[data-kind="${phone.kind}"]`).append(made.element);
  }
  return cards.get(phone.number);
}

function complain(problems) {
  const box = document.getElementById("problems");
  box.hidden = problems.length === 0;
  box.querySelector("summary").textContent = `Twilio would complain (${problems.length})`;
  box.querySelector("ul").replaceChildren(
    ...problems.map((words) => Object.assign(document.createElement("li"), { textContent: words })),
  );
}

function show(desk) {
  document.getElementById("helpline").textContent = desk.helpline;
  let ringing = 0;
  for (const phone of desk.phones) {
    card(phone).show(phone, desk.now);
    ringing += phone.ringing.length;
  }
  document.title = ringing ? "☎ ringing · The desk" : "The desk";
  complain(desk.problems);
}

const source = new EventSource("/desk/events");
source.onopen = () => (link.textContent = "live");
source.onerror = () => (link.textContent = "connecting …");
source.onmessage = (event) => show(JSON.parse(event.data));
setInterval(() => cards.forEach((one) => one.tick()), 1000);
