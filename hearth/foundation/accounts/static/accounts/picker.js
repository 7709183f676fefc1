// Offers names as one types, in any box with data-suggest. Without a script the box takes a name, an e-mail address or a
// reference just the same. The pattern is the ARIA combobox: arrows move, Enter takes, Escape closes, and it is all spoken.

const PAUSE = 200; // after the last key
const SHORTEST = 2;

class Picker {
  constructor(input, number) {
    this.input = input;
    this.found = [];
    this.at = -1;
    this.list = Object.assign(document.createElement("ul"), { id: `suggestions-${number}`, className: "app-suggest", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "People found");
    this.told = Object.assign(document.createElement("div"), { className: "govuk-visually-hidden" });
    this.told.setAttribute("role", "status");
    const around = document.createElement("div");
    around.className = "app-suggest-around";
    input.before(around);
    around.append(input, this.list, this.told);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.soon());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150)); // a click on a name comes first
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < SHORTEST || words.endsWith(")")) return this.close();
    this.running?.abort();
    this.running = new AbortController();
    const query = new URLSearchParams(this.input.dataset.suggestQuery ?? "");
    query.set("words", words);
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?${query}`, {
        headers: { Accept: "application/json" }, credentials: "same-origin", signal: this.running.signal,
      });
      if (answer.ok) this.show((await answer.json()).people);
    } catch {
      // Typing the whole name still works.
    }
  }

  show(people) {
    if (document.activeElement !== this.input) return;
    this.found = people;
    this.at = -1;
    this.list.replaceChildren(...people.map((person, number) => this.option(person, number)));
    this.open(people.length > 0);
    this.told.textContent = people.length === 0 ? "Nobody found" : `${people.length} found. Use the arrow keys to choose.`;
  }

  option(person, number) {
    const item = Object.assign(document.createElement("li"), { id: `${this.list.id}-${number}`, className: "app-suggest__one" });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const detail = Object.assign(document.createElement("span"), { className: "app-suggest__detail", textContent: person.detail });
    item.append(person.name, detail);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(number); });
    return item;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.waiting);
    this.open(false);
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); return this.close(); }
    if (this.list.hidden) return undefined;
    if (event.key === "Enter" && this.at >= 0) { event.preventDefault(); return this.take(this.at); }
    const last = this.found.length - 1;
    const next = { ArrowDown: this.at >= last ? 0 : this.at + 1, ArrowUp: this.at <= 0 ? last : this.at - 1 }[event.key];
    if (next === undefined) return undefined;
    event.preventDefault();
    return this.move(next);
  }

  move(to) {
    this.at = to;
    [...this.list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === this.at)));
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.list.children[this.at].id);
  }

  take(number) {
    this.input.value = this.found[number].text;
    this.close();
    this.told.textContent = `${this.found[number].name} chosen`;
    this.input.dispatchEvent(new Event("change", { bubbles: true })); // so that the draft is kept
    this.input.focus();
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Picker(input, number));
