// The list at the door. What is noted without network is kept on this device and sent later; a key makes each entry count once.
import { ready, now, key, queue, send, say } from "./offline.js";
const form = document.querySelector("[data-door]"), walk = document.querySelector("[data-walk-in]");
const entries = queue("tertia-door-" + form.dataset.shift), people = queue("tertia-people-" + form.dataset.shift);
const words = { in: form.dataset.came, out: form.dataset.left, absent: form.dataset.absent };
const show = e => { const line = form.querySelector(`[data-person="${e.person}"] [data-state]`); if (line) line.textContent = words[e.kind]; };
let busy = false;
const flush = async () => {
  if (busy) return;
  busy = true;
  const given = { entries: entries.all(), people: people.all() };
  if (given.entries.length + given.people.length) {
    const { status, body } = await send(form, given);
    if (status === 200) { entries.drop(given.entries.map(e => e.key)); people.drop(given.people.map(p => p.key)); say(form.dataset.sent); }
    else if (status === 400) say(body.sentence, true);
    else say(form.dataset.kept.replace("#", given.entries.length + given.people.length));
    if (status === 200 && (given.people.length || !entries.all().length)) { const a = await fetch(location.href).catch(() => null); if (a && a.ok) swap(await a.text()); }
  }
  busy = false;
};
const swap = html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of [".door", ".square", ".code"]) { const a = document.querySelector(part), b = page.querySelector(part); if (a && b) a.replaceWith(document.importNode(b, true)); }
};
form.addEventListener("submit", async e => {
  e.preventDefault();
  const [kind, person] = e.submitter.value.split("-"), entry = { key: key(), person: Number(person), kind, at: now(form.dataset.now) };
  entries.add(entry); show(entry); e.submitter.removeAttribute("aria-busy");
  await flush();
});
walk.addEventListener("submit", async e => {
  e.preventDefault();
  const data = new FormData(walk);
  if (!data.get("name").trim() && !data.get("number").trim()) return;
  people.add({ key: key(), name: data.get("name"), number: data.get("number"), at: now(form.dataset.now) });
  walk.reset(); if (e.submitter) e.submitter.removeAttribute("aria-busy");
  await flush();
});
// the code changes every minute, with or without network (after RFC 6238; the key is of this shift only)
const code = async () => {
  const out = document.querySelector("[data-code]");
  if (!out || !crypto.subtle) return;
  const raw = Uint8Array.from(out.dataset.code.match(/../g), h => parseInt(h, 16));
  const secret = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const window = Math.floor(Date.parse(now(form.dataset.now)) / 60000);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(String(window))));
  const at = mac[31] & 15, number = (((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3]) >>> 0;
  const shown = String(number % 1000000).padStart(6, "0");
  if (out.textContent !== shown) {
    out.textContent = shown;
    const square = document.querySelector(".square"), a = await fetch(location.href).catch(() => null);
    if (a && a.ok) { const b = new DOMParser().parseFromString(await a.text(), "text/html").querySelector(".square"); if (b) square.replaceChildren(...document.importNode(b, true).childNodes); square.hidden = false; }
    else square.hidden = true;
  }
};
addEventListener("online", flush);
setInterval(() => { code(); flush(); }, 5000); // not every device tells when the network is back
entries.all().forEach(show);
now(form.dataset.now); ready(); flush(); code();
