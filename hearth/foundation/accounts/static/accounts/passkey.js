// Passkeys: asks the browser for one, puts its answer in the form and sends it. The forms are hidden where a browser has none.

const SENTENCES = {
  NotAllowedError: "The passkey was not used: it was cancelled, or took too long. Try again.",
  InvalidStateError: "This device has a passkey for this account already.",
  SecurityError: "Passkeys do not work at this address. Ask your administrator.",
};

async function optionsOf(form) {
  const written = form.querySelector("[data-passkey-options]");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error("The service cannot be reached. Try again in a moment.");
  return (await answer.json()).request_options;
}

async function use(form) {
  const options = await optionsOf(form);
  const make = form.dataset.passkey === "make";
  return make ? window.webauthnJSON.create(options) : window.webauthnJSON.get(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const fault = form.querySelector("[data-passkey-fault]");
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    fault.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await use(form));
      answered = true;
      form.submit();
    } catch (why) {
      fault.textContent = SENTENCES[why.name] ?? "That did not work. Try again, or use another way.";
    }
  });
  if (window.PublicKeyCredential && window.webauthnJSON) form.hidden = false;
}
