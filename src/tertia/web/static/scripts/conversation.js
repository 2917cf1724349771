// The cards of a conversation. The next ones are on the device already; answers wait on it until the network has taken them.
import { ready, key, queue, send, say } from "./offline.js";
const box = document.querySelector("[data-conversation]"), form = box && box.querySelector("form"), list = document.getElementById("cards");
if (form && list) {
  const waiting = queue("tertia-votes-" + box.dataset.conversation), words = name => box.querySelector("[data-words]").content.querySelector(`[data-${name}]`).textContent;
  const pending = () => new Set(waiting.all().map(e => e.number)), total = Number(box.dataset.total);
  let cards = JSON.parse(list.textContent), answered = Number(box.dataset.answered), busy = false, again = false, shown = null;
  const count = () => {
    let n = 0;
    box.querySelector("[data-progress]").textContent = box.dataset.of.replace(/#/g, () => [answered, total][n++]);
    box.querySelector("progress").value = answered;
  };
  const show = () => {
    const card = shown = cards[0];
    box.hidden = !card; document.querySelector("[data-done]").hidden = Boolean(card);
    if (!card) return;
    const text = box.querySelector("[data-text]");
    text.textContent = card.text; text.lang = card.language;
    box.querySelector("[data-foreign]").hidden = !card.foreign;
    box.querySelector("[data-number]").textContent = card.number; box.querySelector("[data-field]").value = card.number;
  };
  const told = (card, value) => {
    const note = box.querySelector("[data-last]"), link = document.createElement("a"), span = document.createElement("span");
    span.textContent = words("answer").replace("#", card.number) + " " + words({ "1": "yes", "-1": "no", "0": "pass" }[value]);
    link.href = "?show=" + card.number; link.textContent = words("change");
    link.addEventListener("click", e => { e.preventDefault(); cards = [{ ...card, mine: Number(value) }, ...cards.filter(c => c.number !== card.number)]; show(); });
    note.replaceChildren(span, link); note.hidden = false;
  };
  const flush = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const entries = waiting.all().slice(0, 40), short = cards.length < 4 && answered < total;
    if (entries.length || short) {
      const { status, body } = await send(form, { votes: entries.map(({ number, value, turn }) => ({ number, value, turn })), deck: short });
      if (status === 200) {
        waiting.drop(entries.map(e => e.key)); say("");
        if (body.cards) {
          const there = new Set([...cards.map(c => c.number), ...pending()]);
          cards = [...cards, ...body.cards.filter(c => !there.has(c.number))];
          if (!shown) show();
        }
      } else if (status === 0 || status >= 500 || status === 429) say(status === 429 ? body.sentence : box.dataset.kept.replace("#", waiting.all().length));
      else { waiting.drop(entries.map(e => e.key)); say(body.sentence || "", true); }
      again = again || status === 200 && waiting.all().length > 0;
    }
    busy = false;
    if (again) { again = false; flush(); }
  };
  form.addEventListener("submit", e => {
    if (!e.submitter || !shown) return;
    e.preventDefault();
    const card = shown, value = e.submitter.value;
    waiting.add({ key: key(), number: card.number, value: Number(value), turn: Date.now() });
    if (card.mine === null || card.mine === undefined) answered += 1;
    cards = cards.filter(c => c.number !== card.number);
    told(card, value); count(); show(); flush();
    setTimeout(() => form.querySelectorAll("[aria-busy]").forEach(b => b.removeAttribute("aria-busy")));
  });
  addEventListener("online", flush);
  setInterval(() => { if (waiting.all().length) flush(); }, 3000); // not every device tells when the network is back
  const kept = pending();
  if (kept.size) { answered += cards.filter(c => kept.has(c.number) && c.mine === null).length; cards = cards.filter(c => !kept.has(c.number)); count(); show(); }
  else shown = cards[0];
  ready(); flush();
}
