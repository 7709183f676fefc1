// Autosave: what is typed is kept as it is typed, and stays on the page when the session has run out.
// A plain module, no build. Every page works without it; then a late form is kept by the server instead.

const PAUSE = 1500; // after the last key
const RETRY = [2000, 5000, 10000, 20000, 30000]; // after each failure; then every 30 seconds
const LARGEST_KEEPALIVE = 60000; // browsers refuse more than 64 KB once the page is going away

const cookie = (name) =>
  document.cookie.split("; ").find((part) => part.startsWith(name + "="))?.slice(name.length + 1) ?? "";

const token = (form) => cookie("csrftoken") || form.elements.csrfmiddlewaretoken?.value || "";

const mayBeKept = (box) =>
  box.name && !box.disabled && !["password", "file", "submit", "button"].includes(box.type) &&
  !("noDraft" in box.dataset) && !["csrfmiddlewaretoken", "draft_form", "draft_sitting"].includes(box.name) &&
  !box.name.startsWith("saved-");

function typed(form) {
  const kept = new Set([...form.elements].filter(mayBeKept).map((box) => box.name));
  const data = {};
  for (const [name, value] of new FormData(form)) {
    if (kept.has(name) && typeof value === "string") (data[name] ??= []).push(value);
  }
  return data;
}

// The last words before a page goes away: a save that is sent then may land after the same page has been asked for
// again. They wait in this tab alone, for whoever typed them and for as long as a reload takes, and go with any other
// form that is sent, such as signing out. Pages without autosave, as a family's own request, leave nothing here.
const LAST_WORDS = "last-words:";
const RELOAD = 15000;
const OPENING = 32; // characters of a sitting that name the opening of the page, as sent.py has it

function forgetLastWords() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(LAST_WORDS)) sessionStorage.removeItem(key);
  }
}

function takeLastWords(key, author) {
  let found = null;
  try {
    found = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
  } catch { /* no storage here, or not ours */ }
  if (found && found.author !== author) forgetLastWords();
  return found && found.author === author && Date.now() - found.at < RELOAD ? found : null;
}

function putBack(form, data) {
  const left = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, [...values]]));
  for (const box of [...form.elements].filter(mayBeKept)) {
    const values = data[box.name] ?? [];
    if (box.type === "checkbox" || box.type === "radio") {
      box.checked = values.includes(box.value);
    } else if (box.type === "hidden") {
      continue; // what the page itself carries is its own, such as the version it shows
    } else if (box.tagName === "SELECT" && box.multiple) {
      for (const option of box.options) option.selected = values.includes(option.value);
    } else {
      box.value = left[box.name]?.shift() ?? "";
    }
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-saved]");
    this.kept = JSON.stringify(typed(form));
    this.failures = 0;
    this.sent = false;
    this.waiting = null;
    this.running = null;
    form.addEventListener("input", () => this.soon(PAUSE));
    form.addEventListener("change", () => this.soon(PAUSE));
    form.addEventListener("focusout", () => this.now());
    form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.stop(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.now(true); });
    window.addEventListener("pagehide", () => { this.leaveLastWords(); this.now(true); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.sent = false; });
    window.addEventListener("online", () => this.now());
    this.findLastWords();
  }

  get lastWords() {
    return `${LAST_WORDS}${this.form.dataset.path} ${this.form.elements.draft_form?.value ?? ""}`;
  }

  leaveLastWords() {
    const data = typed(this.form);
    if (this.sent || JSON.stringify(data) === this.kept) return;
    try {
      const sitting = this.form.elements.draft_sitting?.value ?? "";
      sessionStorage.setItem(this.lastWords, JSON.stringify({ author: this.form.dataset.author, at: Date.now(), sitting, data }));
    } catch { /* full, or switched off: the save on the way has them */ }
  }

  findLastWords() {
    const found = takeLastWords(this.lastWords, this.form.dataset.author);
    if (!found || JSON.stringify(found.data) === this.kept) return;
    putBack(this.form, found.data);
    this.goOnAs(found.sitting);
    this.now();
  }

  // What this tab was typing, while another tab keeps other words on the same page, goes on beside them and not in their place.
  goOnAs(sitting) {
    const now = this.form.elements.draft_sitting;
    if (now && sitting && sitting.slice(0, OPENING) !== now.value.slice(0, OPENING)) now.value = sitting;
  }

  say(words, bad = false) {
    if (!this.place || this.place.textContent === words) return;
    this.place.textContent = words;
    this.place.classList.toggle("app-saved--not", bad);
  }

  soon(wait) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), wait);
  }

  // The form is on its way. Its words are kept once more beside it, should the server fall over in the middle; a save
  // that lands after the form is known by its sitting and dropped. No more is saved: that could bring the draft back.
  stop() {
    clearTimeout(this.waiting);
    this.running?.abort();
    this.now(true);
    this.sent = true;
    setTimeout(() => { this.sent = false; }, 8000); // the page did not go away after all
  }

  async now(leaving = false) {
    if (this.sent || dialogOpen()) return;
    const data = JSON.stringify(typed(this.form));
    if (data === this.kept) return;
    clearTimeout(this.waiting);
    if (this.running && !leaving) return this.soon(PAUSE); // one at a time, so that an older text never lands last
    const running = (this.running = new AbortController());
    try {
      const answer = await this.send(data, running.signal, leaving);
      if (!this.sent) await this.answered(answer, data);
    } catch (fault) {
      if (fault.name !== "AbortError" && !this.sent) this.failed();
    } finally {
      if (this.running === running) this.running = null;
    }
  }

  send(data, signal, leaving) {
    const field = (name) => this.form.elements[name]?.value ?? "";
    const body =
      `{"path":${JSON.stringify(this.form.dataset.path)},"form":${JSON.stringify(field("draft_form"))},` +
      `"sitting":${JSON.stringify(field("draft_sitting"))},"data":${data}}`;
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      credentials: "same-origin",
      keepalive: leaving && body.length < LARGEST_KEEPALIVE,
      signal: leaving ? undefined : signal,
      headers: {
        "Content-Type": "application/json", "Accept": "application/json",
        "X-CSRFToken": token(this.form), "X-Hearth-Autosave": "1",
      },
      body,
    });
  }

  async answered(answer, data) {
    if (answer.status === 401) {
      this.say("Not saved: you have been signed out.", true);
      return signInAgain(this.form, () => this.now());
    }
    if (answer.status === 422) return this.say((await answer.json()).sentence, true);
    if (!answer.ok) return this.failed();
    this.kept = data;
    this.failures = 0;
    this.say(`Saved at ${(await answer.json()).saved_at}`);
  }

  failed() {
    this.say("Not saved, we keep trying. Do not close this page.", true);
    this.soon(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }
}

// Signing in again in place: the page, and all that is typed on it, stays.

const dialogOpen = () => Boolean(document.querySelector("dialog.app-dialog[open]"));

function box(id, label, attributes) {
  const group = document.createElement("div");
  group.className = "govuk-form-group";
  const words = document.createElement("label");
  words.className = "govuk-label govuk-label--s";
  words.htmlFor = id;
  words.textContent = label;
  const input = document.createElement("input");
  Object.assign(input, { id, className: "govuk-input", required: true }, attributes);
  group.append(words, input);
  return [group, input];
}

function signInDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "app-dialog app-main";
  dialog.setAttribute("aria-labelledby", "again-heading");
  const form = document.createElement("form");
  form.noValidate = true;
  const heading = Object.assign(document.createElement("h2"), { id: "again-heading", textContent: "Sign in again" });
  const words = Object.assign(document.createElement("p"), {
    textContent: "You were away for a while. What you typed is still on this page.",
  });
  const fault = Object.assign(document.createElement("p"), { className: "app-dialog__fault" });
  fault.setAttribute("role", "alert");
  const [first, password] = box("again-password", "Password", { type: "password", autocomplete: "current-password" });
  const [second, code] = box("again-code", "Code from your authenticator", {
    type: "text", inputMode: "numeric", autocomplete: "one-time-code",
  });
  code.classList.add("govuk-input--width-5");
  const button = Object.assign(document.createElement("button"), {
    type: "submit", className: "govuk-button", textContent: "Sign in and save",
  });
  const elsewhere = Object.assign(document.createElement("button"), {
    type: "button", className: "app-link-button", textContent: "I signed in in another tab",
  });
  const buttons = Object.assign(document.createElement("div"), { className: "govuk-button-group" });
  buttons.append(button, elsewhere);
  form.append(heading, words, fault, first, second, buttons);
  dialog.append(form);
  // Somebody who signed out, or signs in with a passkey, can do it in another tab alone: what cannot help goes away.
  const onlyElsewhere = () => {
    for (const part of [first, second, button]) part.hidden = true;
    fault.append(" ", Object.assign(document.createElement("a"), {
      className: "govuk-link", href: "/sign-in/", target: "_blank", rel: "noopener", textContent: "Sign in in a new tab",
    }));
    elsewhere.className = "govuk-button";
    elsewhere.focus();
  };
  return { dialog, form, fault, password, code, button, elsewhere, onlyElsewhere };
}

function signInAgain(around, then) {
  if (dialogOpen()) return;
  const before = document.activeElement;
  const parts = signInDialog();
  document.body.append(parts.dialog);
  parts.dialog.addEventListener("close", () => { parts.dialog.remove(); before?.focus?.(); });
  parts.elsewhere.addEventListener("click", () => { parts.dialog.close(); takeNewToken(cookie("csrftoken")); then(); });
  parts.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    parts.button.disabled = true;
    const { sentence, elsewhere } = await trySignIn(around, parts);
    parts.fault.textContent = sentence;
    parts.button.disabled = false;
    if (elsewhere) return parts.onlyElsewhere();
    if (sentence) return parts.password.focus();
    parts.dialog.close();
    then();
  });
  parts.dialog.showModal();
  parts.password.focus();
}

// Signing in changes the token: every form on the page needs the new one.
function takeNewToken(value) {
  if (!value) return;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
}

// Gives the sentence of what went wrong, empty when it worked; and whether it can only be done in another tab.
async function trySignIn(around, parts) {
  try {
    const answer = await fetch("/sign-in/again/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token(around) },
      body: JSON.stringify({ password: parts.password.value, code: parts.code.value }),
    });
    const said = await answer.json();
    if (!answer.ok) return { sentence: said.sentence ?? "That did not work. Try again.", elsewhere: said.elsewhere };
    takeNewToken(cookie("csrftoken"));
    return { sentence: "" };
  } catch {
    return { sentence: "The service cannot be reached. Your text is still here: try again in a moment." };
  }
}

// On a phone the filters are folded away, so that the list comes first; unless some are in use.
if (window.matchMedia("(max-width: 60em)").matches && !location.search) {
  for (const fold of document.querySelectorAll(".app-filters__fold")) fold.open = false;
}

// A form that came back with its errors is come back to by asking for the page, where the browser would show a page of its own
// ("confirm form resubmission"): what was typed is kept, here or in the tab.
if (document.getElementById("the-form")) history.replaceState(history.state, "", location.href);

// A browser too old to reveal by style sheet shows everything that could be revealed.
if (!CSS.supports("selector(:has(*))")) {
  for (const part of document.querySelectorAll(".govuk-radios__conditional--hidden")) {
    part.classList.remove("govuk-radios__conditional--hidden");
  }
}

// A file on its way: say that it is, and say before it leaves what the server could only refuse after some minutes.
for (const box of document.querySelectorAll("input[type=file][data-most]")) {
  const group = box.closest(".govuk-form-group");
  const said = Object.assign(document.createElement("p"), { className: "app-saved app-sending" });
  said.setAttribute("role", "status");
  group.append(said);
  const most = Number(box.dataset.most);
  const tooLarge = () => [...box.files].some((file) => file.size > most);
  const say = (words, bad) => { said.textContent = words; said.classList.toggle("app-saved--not", bad); };
  box.addEventListener("change", () => {
    say(tooLarge() ? `That file is larger than ${Math.round(most / 1e6)} MB, the most that can be kept.` : "", tooLarge());
  });
  box.form.addEventListener("submit", (event) => {
    if (tooLarge()) {
      event.preventDefault();
      (group.querySelector("button") ?? box).focus();
    } else if (box.files.length) {
      say("Sending. A large file can take some minutes: keep this page open.", false);
    }
  });
}

const keeping = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));

// A part of the page was asked for, and nobody is signed in any more. A page with typing on it stays, and asks.
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status !== 401) return;
  if (keeping.length) return signInAgain(keeping[0].form, () => keeping.forEach((each) => each.now()));
  const there = xhr.getResponseHeader("X-Hearth-Sign-In");
  if (there) location.assign(there);
});
document.addEventListener("submit", (event) => { if (!event.target.matches("form[data-autosave]")) forgetLastWords(); });

// Boxes that offer names as one types (accounts/fields.py): fetched by pages that have one.
if (document.querySelector("input[data-suggest]")) import("../accounts/picker.js");

// On a phone the tabs scroll sideways: the current one is brought into sight.
for (const link of document.querySelectorAll(".app-tabs [aria-current]")) {
  const tabs = link.closest(".app-tabs");
  tabs.scrollLeft = link.offsetLeft - (tabs.clientWidth - link.offsetWidth) / 2;
}

// The button that prints is there only where a script can press it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
