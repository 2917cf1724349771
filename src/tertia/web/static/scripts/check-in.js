// Arriving by the host's code. Without network the arrival is kept on this phone and sent when the network is back.
import { ready, now, key, queue, send, say } from "./offline.js";
const form = document.querySelector("[data-check-in]"), waiting = queue("tertia-check-in");
let busy = false;
const flush = async () => {
  if (busy) return;
  busy = true;
  await sendAll();
  busy = false;
};
const sendAll = async () => {
  for (const entry of waiting.all()) {
    const { status, body } = await send(form, entry);
    if (status === 0 || status >= 500 || status === 403) { say(form.dataset.kept); return; }
    waiting.drop([entry.key]);
    say(status === 200 ? form.dataset.sent : body.sentence, status !== 200);
  }
};
if (form) {
  form.addEventListener("submit", async e => {
    e.preventDefault();
    const data = new FormData(form);
    waiting.add({ key: key(), shift: Number(data.get("shift")), code: data.get("code"), kind: e.submitter ? e.submitter.value : "in", at: now(form.dataset.now) });
    await flush();
    if (e.submitter) e.submitter.removeAttribute("aria-busy");
  });
  addEventListener("online", flush);
  setInterval(flush, 5000); // not every device tells when the network is back
  now(form.dataset.now); ready(); flush();
}
