// Keeps pages that ask for it (X-Tertia-Offline: keep) and the files that they need, for when there is no network.
const PAGES = "tertia-pages-1", FILES = "tertia-files-1";
const plain = url => { const u = new URL(url); u.search = ""; u.hash = ""; return u.href; };
const keep = async (url, answer) => {
  if (answer.ok && answer.headers.get("X-Tertia-Offline") === "keep") await (await caches.open(PAGES)).put(plain(url), answer.clone());
  return answer;
};
const file = async request => {
  const cache = await caches.open(FILES), there = await cache.match(request);
  if (there) return there;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
};
const page = async request => {
  try { return await keep(request.url, await fetch(request)); } catch (error) {
    const there = await (await caches.open(PAGES)).match(plain(request.url));
    if (there) return there;
    throw error;
  }
};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", e => e.waitUntil(self.clients.claim()));
self.addEventListener("fetch", e => {
  const url = new URL(e.request.url);
  if (url.origin !== self.location.origin) return;
  // whoever signs out leaves no page behind
  if (e.request.method === "POST" && url.pathname.endsWith("/logout/")) { e.waitUntil(caches.delete(PAGES)); return; }
  if (e.request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) e.respondWith(file(e.request));
  else if (e.request.mode === "navigate") e.respondWith(page(e.request));
});
// the page that brought this worker was loaded before it: it sends what it is made of
self.addEventListener("message", e => e.waitUntil((async () => {
  const files = await caches.open(FILES);
  await Promise.all((e.data.files || []).map(async f => { if (!(await files.match(f))) { const a = await fetch(f); if (a.ok) await files.put(f, a); } }));
  if (e.data.page) await keep(e.data.page, await fetch(e.data.page, { credentials: "same-origin" }));
  if (e.source) e.source.postMessage("kept");
})()));
