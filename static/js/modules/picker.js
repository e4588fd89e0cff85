// Search while typing in place of a long select. The <select> inside stays the field that is sent; without this module it is a
// plain list. data-source answers ?q= with {"items": [{"id", "label", "hint"?}]}; data-label names the search field.

const WAIT = 180;
let count = 0;

export default function picker(box) {
  const select = box.querySelector("select");
  const id = `picker-${(count += 1)}`;
  const { input, list, chips, status } = build(box, select, id);
  let items = [];
  let active = -1;
  let timer;
  let asked;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    items = found;
    list.replaceChildren(...items.map((item, number) => option(item, `${id}-${number}`)));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length ? box.dataset.found?.replace("%s", items.length) ?? `${items.length}` : (box.dataset.none ?? "–");
    activate(-1);
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((element, place) => element.setAttribute("aria-selected", String(place === number)));
    if (number < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${id}-${number}`);
    return list.children[number].scrollIntoView({ block: "nearest" });
  }

  async function search() {
    const words = input.value.trim();
    asked?.abort();
    if (!words) return close();
    asked = new AbortController();
    const address = new URL(box.dataset.source, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function choose(number) {
    const { id: value, label } = items[number];
    if (!select.multiple) [...select.options].forEach((other) => (other.selected = false));
    let entry = [...select.options].find((other) => other.value === String(value));
    if (!entry) select.append((entry = new Option(label, value)));
    entry.selected = true;
    input.value = "";
    close();
    drawChips();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function drawChips() {
    const chosen = [...select.selectedOptions].filter((entry) => entry.value);
    chips.replaceChildren(...chosen.map((entry) => chip(entry, box.dataset.remove)));
  }

  chips.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    [...select.options].find((entry) => entry.value === button.value).selected = false;
    if (!select.multiple) select.value = "";
    drawChips();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    const last = items.length - 1;
    if (event.key === "ArrowDown" && !list.hidden) activate(active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp" && !list.hidden) activate(active <= 0 ? last : active - 1);
    else if (event.key === "Enter" && !list.hidden) choose(Math.max(active, 0));
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key !== "Enter") return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const target = event.target.closest("[role=option]");
    if (target) choose([...list.children].indexOf(target));
  });
  drawChips();
}

function build(box, select, id) {
  const input = make("input", { type: "text", id: select.id, className: "kern-form-input__input", autocomplete: "off" }, {
    role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
  });
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  const list = make("ul", { id: `${id}-list`, className: "picker__list", hidden: true }, { role: "listbox", "aria-label": box.dataset.label ?? "" });
  const chips = make("ul", { className: "picker__chips" });
  const status = make("span", { className: "kern-sr-only" }, { role: "status" });
  select.id = `${id}-select`;
  select.hidden = true;
  select.required = false;
  const field = make("div", { className: "picker" });
  field.append(chips, input, list, status);
  (select.closest(".kern-form-input__select-wrapper") ?? select).after(field);
  const wrapper = select.closest(".kern-form-input__select-wrapper");
  if (wrapper) wrapper.hidden = true;
  return { input, list, chips, status };
}

function option(item, id) {
  const element = make("li", { id, className: "picker__option", textContent: item.label }, { role: "option", "aria-selected": "false" });
  if (item.hint) element.append(make("span", { className: "muted", textContent: item.hint }));
  return element;
}

function chip(entry, word) {
  const remove = make("button", { type: "button", value: entry.value, textContent: "×" }, { "aria-label": `${entry.text} ${word ?? "entfernen"}` });
  const element = make("li", { className: "picker__chip" });
  element.append(make("span", { textContent: entry.text }), remove);
  return element;
}

function make(tag, properties, attributes = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
