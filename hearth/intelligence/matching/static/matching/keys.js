// Deciding a pair by key: S the same, D two people, N not sure. Never while somebody types, nor with another key held.
(function () {
  "use strict";
  const answers = { s: "same", d: "different", n: "unsure" };
  const form = document.querySelector("form[data-answer-keys]");
  if (!form) return;
  document.addEventListener("keydown", function (event) {
    const answer = answers[event.key.toLowerCase()];
    if (!answer || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    const choice = form.querySelector('input[name="answer"][value="' + answer + '"]');
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    if (answer === "unsure") {
      form.querySelector("textarea").focus();
    } else {
      form.requestSubmit();
    }
  });
})();
