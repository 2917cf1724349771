// Every page works without this file. It adds: the sum of the attested hours, focus on errors, busy buttons.
document.addEventListener("submit", e => { const b = e.submitter; if (b) setTimeout(() => b.setAttribute("aria-busy", "true")); });
const sheet = document.querySelector("[data-sheet]");
if (sheet) {
  const out = document.querySelector("[data-sum]"), lang = document.documentElement.lang === "en" ? "en" : "ru"; // Kazakh writes numbers as Russian does
  const sum = () => {
    let t = 0;
    sheet.querySelectorAll("li").forEach(li => { if (li.querySelector("[type=checkbox]").checked) t += parseFloat(li.querySelector("[type=number]").value.replace(",", ".")) || 0; });
    out.textContent = out.dataset.sum.replace("#", t.toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 2 }));
  };
  sheet.addEventListener("input", sum); sum();
}
const errors = document.getElementById("errors"); if (errors) errors.focus();
document.querySelectorAll("[data-copy]").forEach(b => { b.hidden = false; b.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(b.dataset.copy).value)); });
