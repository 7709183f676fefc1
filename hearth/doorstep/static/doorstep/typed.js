// What a family has typed survives a reload and a telephone that put the page to sleep: in this tab alone, for as long
// as a visitor is remembered, and until they send it, begin again or leave. Nothing of it is sent before they send it.

const KEPT = "hearth-typed";
const SHORT = 20 * 60 * 1000; // as long as views.py remembers a visitor
const form = document.querySelector("form[data-keep-in-tab]");
let forgotten = false;

function forget() {
  forgotten = true;
  sessionStorage.removeItem(KEPT);
}

function ours(box) {
  return box.name && !box.name.startsWith("csrf") && !["file", "submit", "button"].includes(box.type);
}

function keep() {
  if (forgotten) return;
  const boxes = [...form.elements].filter(ours);
  const said = boxes.map((box) => (["radio", "checkbox"].includes(box.type) ? box.checked : box.value));
  sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), names: boxes.map((box) => box.name), said }));
}

function bringBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  const boxes = [...form.elements].filter(ours);
  // Another form has other boxes. A page that came back with something to put right holds what was sent, and what was
  // typed since is kept: so it is here too.
  if (!kept || kept.names.join() !== boxes.map((box) => box.name).join()) return;
  if (Date.now() - kept.at > SHORT) { sessionStorage.removeItem(KEPT); return; }
  boxes.forEach((box, place) => {
    if (["radio", "checkbox"].includes(box.type)) box.checked = kept.said[place];
    else box.value = kept.said[place];
  });
}

if (form) {
  bringBack();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", keep);
  // “Leave this page now”, however it is pressed, hides the page first.
  new MutationObserver(() => {
    if (document.body.classList.contains("govuk-exit-this-page-hide-content")) forget();
  }).observe(document.body, { attributeFilter: ["class"] });
} else if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") {
  forget(); // sent, or begun anew; who only stepped back to the first question goes on where they were
}
