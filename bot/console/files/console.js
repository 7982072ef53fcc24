// The console without scripts works; with them its clocks tick, it shows what is new by itself, and it calls out.
"use strict";

const body = document.body;
const skew = Date.parse(body.dataset.now) - Date.now();
const title = document.title;
const MUTED = "helpline-muted";

// Clocks: minutes and seconds since, or until; past its time one says so.
function span(seconds) {
  const s = Math.floor(Math.abs(seconds));
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  if (h >= 48) return `${Math.floor(h / 24)} days`;
  if (h) return `${h} h ${m} min`;
  return `${m}:${String(s % 60).padStart(2, "0")} min`;
}

function tick() {
  const now = Date.now() + skew;
  for (const clock of document.querySelectorAll("time[data-clock]")) {
    const seconds = (now - Date.parse(clock.dateTime)) / 1000;
    const since = clock.dataset.clock === "since";
    const late = !since && seconds > 10;
    clock.textContent = since ? span(Math.max(seconds, 0)) : late ? `${span(seconds)} late` : seconds > 0 ? "now" : `in ${span(seconds)}`;
    clock.classList.toggle("late", late);
  }
}

// Alerts: a sound that can be muted, and the title. Nothing of a patient is in either.
const known = new Set();
let audio = null;
let lastRing = 0;

function waiting() {
  return [...document.querySelectorAll('[data-nobody="1"]')].map((card) => card.dataset.case);
}

function muted() {
  return localStorage.getItem(MUTED) === "yes";
}

function ring() {
  if (!audio || audio.state !== "running" || muted()) return;
  lastRing = Date.now();
  [0, 0.25, 0.7, 0.95].forEach((at, index) => {
    const tone = audio.createOscillator(), loud = audio.createGain();
    tone.frequency.value = index % 2 ? 988 : 784;
    loud.gain.setValueAtTime(0.0001, audio.currentTime + at);
    loud.gain.exponentialRampToValueAtTime(0.4, audio.currentTime + at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.22);
    tone.connect(loud).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.25);
  });
}

function alertAll() {
  const codes = waiting();
  const fresh = codes.some((code) => !known.has(code));
  known.clear();
  codes.forEach((code) => known.add(code));
  const blink = codes.length && Math.floor(Date.now() / 1000) % 2;
  document.title = codes.length ? `${blink ? "●" : "○"} ${codes.length} waiting · Helpline` : title;
  if (codes.length && (fresh || Date.now() - lastRing > 20000)) ring();
}

const sound = document.querySelector("[data-sound]");

function showSound() {
  const on = audio && audio.state === "running" && !muted();
  sound.setAttribute("aria-pressed", String(Boolean(on)));
  sound.textContent = on ? "Sound is on" : muted() ? "Sound is muted" : "Turn on sound";
}

async function wake() {
  audio = audio || new AudioContext();
  // A browser may hold this back until somebody has touched the page, for as long as nobody does.
  await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 500))]);
  showSound();
}

if (sound) {
  sound.hidden = false;
  showSound();
  sound.addEventListener("click", async () => {
    const on = audio && audio.state === "running" && !muted();
    localStorage.setItem(MUTED, on ? "yes" : "no");
    await wake();
    if (!on) ring();
  });
  document.addEventListener("pointerdown", () => { if (!muted()) wake(); }, { once: true });
}

// What is new is fetched as the same page, and only the parts that differ are exchanged: what is being typed stays.
const shown = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.innerHTML]));
let fetching = false;
let again = false;

async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const answer = await fetch(body.dataset.liveUrl, { redirect: "manual", credentials: "same-origin" });
    if (answer.type === "opaqueredirect") { location.reload(); return; }
    // A page that is a minute old says more than one that says that something is wrong.
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = fresh.getElementById(part.id);
      if (!other || other.innerHTML === shown.get(part.id)) continue;
      shown.set(part.id, other.innerHTML);
      part.className = other.className;
      part.innerHTML = other.innerHTML;
    }
    body.dataset.version = fresh.body.dataset.version;
  } catch {
    return;
  } finally {
    fetching = false;
  }
  tick();
  alertAll();
  if (again) { again = false; refresh(); }
}

function follow() {
  const link = document.querySelector("[data-link]");
  const say = (text) => { if (link) link.textContent = text; };
  const stream = new EventSource(body.dataset.events);
  stream.onopen = () => say("Live");
  stream.onerror = () => {
    say("Connecting …");
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => refresh().then(follow), 5000);
  };
  stream.addEventListener("over", () => { stream.close(); location.reload(); });
  stream.onmessage = (event) => { if (event.data !== body.dataset.version) refresh(); };
  window.addEventListener("pagehide", () => stream.close());
}

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button")) button.disabled = true;
});
window.addEventListener("pageshow", () => document.querySelectorAll("button[disabled]").forEach((one) => { one.disabled = false; }));

tick();
alertAll();
setInterval(() => { tick(); alertAll(); }, 1000);
if (body.dataset.events) follow();
