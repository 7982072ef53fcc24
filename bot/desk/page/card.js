// One phone on the page: what it shows, and what its buttons do.
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const ENDED = {
  completed: "Call ended",
  busy: "Call declined or busy",
  "no-answer": "Missed call",
  canceled: "Missed call",
  failed: "Call did not get through",
};
const MARKS = { received: "delivered", delivered: "", sent: "", queued: "" };

const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function make(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words) element.textContent = words;
  return element;
}

function linked(words) {
  return words.split(/(https?:\/\/[^\s]+)/).map((part, n) => {
    if (n % 2 === 0) return part;
    const link = make("a", "", part);
    Object.assign(link, { href: part, target: "_blank", rel: "noopener" });
    return link;
  });
}

export class Card {
  constructor(phone, speak) {
    this.number = phone.number;
    this.speak = speak;
    this.fresh = true;
    this.spoken = -1;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.element.querySelector(selector);
    this.element.setAttribute("aria-label", `${phone.label}, ${phone.number}`);
    this.find("h3").textContent = phone.label;
    this.find(".number").textContent = phone.number;
    this.label("[name=text]", `Text from ${phone.label}`, "Text the helpline");
    this.label("[name=words]", `What ${phone.label} says`, "Say something");
    this.find(".hint").textContent = phone.hint;
    this.keypad();
    this.listen();
  }

  label(selector, name, placeholder) {
    const input = this.find(selector);
    input.setAttribute("aria-label", name);
    input.placeholder = placeholder;
  }

  keypad() {
    for (const key of KEYS) {
      const button = make("button", "key", key);
      button.type = "button";
      button.addEventListener("click", () => this.does("keys", { keys: key }));
      this.find(".keys").append(button);
    }
    this.find(".call").addEventListener("keydown", (event) => {
      if (event.target.tagName !== "INPUT" && KEYS.includes(event.key)) this.does("keys", { keys: event.key });
    });
  }

  listen() {
    for (const button of this.element.querySelectorAll("[data-deed]"))
      button.addEventListener("click", () => this.does(button.dataset.deed));
    this.form(".write", "text", (text) => this.does("text", { text }));
    this.form(".say", "words", (words) => this.does("speech", { words }));
    this.find(".hint").addEventListener("click", (event) => {
      this.find("[name=text]").value = event.target.textContent;
      this.find("[name=text]").focus();
    });
    this.find(".behaviour").addEventListener("change", (event) =>
      this.does("behaviour", { behaviour: event.target.value }),
    );
  }

  form(selector, field, act) {
    this.find(selector).addEventListener("submit", (event) => {
      event.preventDefault();
      const input = event.target.elements[field];
      if (input.value.trim()) act(input.value);
      input.value = "";
    });
  }

  does(deed, words = {}) {
    return fetch(`/desk/phones/${encodeURIComponent(this.number)}/${deed}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(words),
    });
  }

  show(phone, now) {
    this.skew = Date.now() - new Date(now).getTime();
    const texts = this.find(".texts");
    const atEnd = texts.scrollHeight - texts.scrollTop - texts.clientHeight < 40;
    const grew = this.thread(phone.thread);
    this.ring(phone);
    this.call(phone);
    this.heard(phone.lines);
    const idle = phone.thread.length === 0 && phone.lines.length === 0 && phone.ringing.length === 0;
    this.element.classList.toggle("quiet", idle && !phone.hint && !phone.call);
    this.find(".hint").hidden = !phone.hint || phone.thread.length > 0;
    this.find(".last").textContent = ENDED[phone.ended] || "";
    this.find(".blocked").hidden = !phone.blocked;
    const select = this.find(".behaviour");
    if (document.activeElement !== select) select.value = phone.behaviour;
    if (atEnd || grew) texts.scrollTop = texts.scrollHeight;
    this.fresh = false;
  }

  thread(texts) {
    const list = this.find(".thread");
    const old = new Map([...list.children].map((item) => [item.dataset.id, item]));
    const items = texts.map((text) => this.bubble(old.get(text.id), text));
    const moved = items.length !== list.children.length || items.some((item, n) => item !== list.children[n]);
    if (!moved) return false;
    for (const item of list.querySelectorAll(":scope > li")) if (!items.includes(item)) item.remove();
    // Only what is new or moved is touched: a live region reads out whatever is put in again.
    items.forEach((item, n) => {
      if (list.children[n] !== item) list.insertBefore(item, list.children[n] || null);
    });
    return true;
  }

  bubble(item, text) {
    const lost = /^(failed|undelivered)/.test(text.status);
    const bubble = item || make("li", `bubble ${text.mine ? "mine" : "theirs"}`);
    if (!item) {
      bubble.dataset.id = text.id;
      const body = make("p");
      body.append(...linked(text.body));
      bubble.append(body, make("small"));
    }
    bubble.classList.toggle("lost", lost);
    const mark = lost ? `not delivered: ${text.status}` : text.auto ? "from Twilio" : MARKS[text.status] ?? text.status;
    bubble.lastChild.textContent = [clock(text.at), mark].filter(Boolean).join(" · ");
    return bubble;
  }

  ring(phone) {
    const ringing = phone.ringing.length > 0;
    this.find(".ring").hidden = !ringing;
    this.element.classList.toggle("ringing", ringing);
  }

  call(phone) {
    const call = phone.call;
    this.find(".call").hidden = !call;
    this.element.classList.toggle("talking", Boolean(call));
    this.find(".dial").disabled = Boolean(call);
    this.since = call && call.since;
    if (!call) return;
    const others = call.with.join(", ");
    this.find(".partner").textContent = others
      ? `Talking with ${others}`
      : call.since ? (call.waiting ? "Waiting for a specialist" : "On the line with the helpline") : "Calling …";
    this.find(".partner").classList.toggle("joined", Boolean(others));
    this.tick();
  }

  heard(lines) {
    const list = this.find(".heard");
    const last = lines.length ? lines[lines.length - 1].id : -1;
    const first = lines.length ? String(lines[0].id) : "";
    if (list.dataset.first !== first || list.dataset.last !== String(last)) {
      if (list.dataset.first !== first) list.replaceChildren();
      const known = list.children.length ? Number(list.lastChild.dataset.id) : -1;
      list.append(...lines.filter((line) => line.id > known).map((line) => this.line(line)));
      list.parentElement.scrollTop = list.parentElement.scrollHeight;
      Object.assign(list.dataset, { first, last });
    }
    for (const line of lines) if (line.id > this.spoken && !this.fresh && !line.mine) this.speak(line);
    this.spoken = Math.max(this.spoken, last);
  }

  line(line) {
    const item = make("li", line.mine ? "own" : line.by ? "by" : "");
    item.dataset.id = line.id;
    if (line.language) item.lang = line.language;
    if (line.by) item.append(make("b", "", line.mine ? "You: " : `${line.by}: `));
    item.append(line.text);
    return item;
  }

  tick() {
    const seconds = this.since ? Math.max(0, Math.round((Date.now() - this.skew - new Date(this.since)) / 1000)) : 0;
    const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.find(".length").textContent = this.since ? shown : "";
  }
}
