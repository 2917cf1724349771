// Shared by the pages that work without network: the worker, the clock of the server, a queue on the device, sending it.
export const ready = async () => {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js");
  const worker = (await navigator.serviceWorker.ready).active;
  const files = performance.getEntriesByType("resource").map(r => r.name).filter(n => new URL(n).pathname.startsWith("/static/"));
  navigator.serviceWorker.addEventListener("message", () => document.documentElement.setAttribute("data-kept-offline", ""));
  worker.postMessage({ page: location.origin + location.pathname, files });
};
// A device's clock may be wrong. The server's time of a page counts from when the page was first seen, also when it is read from the device later.
export const now = serverTime => {
  const name = "tertia-seen:" + serverTime;
  if (!localStorage.getItem(name)) {
    for (const k of Object.keys(localStorage)) if (k.startsWith("tertia-seen:")) localStorage.removeItem(k);
    localStorage.setItem(name, Date.now());
  }
  return new Date(Date.parse(serverTime) + Date.now() - Number(localStorage.getItem(name))).toISOString();
};
export const key = () => (crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now()).replaceAll("-", "");
export const queue = name => ({
  all: () => JSON.parse(localStorage.getItem(name) || "[]"),
  add(entry) { localStorage.setItem(name, JSON.stringify([...this.all(), entry])); },
  drop(keys) { localStorage.setItem(name, JSON.stringify(this.all().filter(e => !keys.includes(e.key)))); },
});
// Resolves to {status, body}; status 0 where there is no network. What is under way arrives also when the page is left.
export const send = async (form, body) => {
  try {
    const answer = await fetch(form.getAttribute("action") || location.pathname, {
      method: "POST", credentials: "same-origin", keepalive: true, headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch { return { status: 0, body: {} }; }
};
export const say = (words, bad) => {
  const box = document.querySelector("[data-offline]");
  box.textContent = words; box.hidden = !words; box.className = "note " + (bad ? "bad" : words ? "good" : "grey");
};
