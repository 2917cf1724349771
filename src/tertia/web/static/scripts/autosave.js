// Long texts: what is written is kept in this browser at once, and as a draft on the server now and then. A copy goes only when its text has arrived.
const sent = "tertia-sent", form = document.querySelector("form[data-autosave]");
const arrived = sessionStorage.getItem(sent);
if (arrived && !form) { localStorage.removeItem(arrived); sessionStorage.removeItem(sent); }
if (form) {
  const key = "tertia-text:" + location.pathname + location.search, box = document.querySelector("[data-kept]"), note = form.querySelector("[data-state]");
  const fields = () => [...form.elements].filter(f => f.name && f.type !== "hidden" && f.type !== "checkbox" && f.tagName !== "BUTTON");
  const values = () => Object.fromEntries(fields().map(f => [f.name, f.value]));
  const same = (a, b) => Object.keys(a).every(k => (a[k] || "").replace(/\r\n/g, "\n").trim() === (b[k] || "").replace(/\r\n/g, "\n").trim());
  const say = words => { if (note && words) note.textContent = words; };
  const stored = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  let timer = 0, dirty = false, busy = false;
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(values())); say(note && note.dataset.here); } catch { /* a full browser keeps nothing; the server still does */ } };
  const kept = stored();
  if (kept && same(kept, values())) localStorage.removeItem(key);
  else if (kept && box) {
    box.hidden = false;
    box.querySelector("[data-back]").addEventListener("click", () => { fields().forEach(f => { if (f.name in kept) f.value = kept[f.name]; }); box.hidden = true; dirty = true; keep(); form.querySelectorAll("details").forEach(d => { d.open = true; }); });
    box.querySelector("[data-forget]").addEventListener("click", () => { localStorage.removeItem(key); box.hidden = true; });
  }
  form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(keep, 500); });
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem(sent, key); });
  addEventListener("pagehide", () => { if (dirty) keep(); });
  const push = async () => {
    if (!dirty || busy || form.dataset.autosave !== "server") return;
    busy = true; dirty = false;
    try {
      const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Tertia-Autosave": "yes" } });
      const body = await answer.json();
      if (answer.ok) { form.querySelector("[name=seen]").value = body.seen; say(note.dataset.server); } else { dirty = !body.sentence; say(body.sentence); }
    } catch { dirty = true; say(note.dataset.failed); }
    busy = false;
  };
  setInterval(push, 10000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) push(); });
}
