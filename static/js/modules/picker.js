// Search while typing. The field inside [data-module="picker"] stays the one that is sent: a <select> (one or several), or a text
// field that takes the key itself. The search field waits in a template beside it (templates/components/picker.html).
// data-source answers ?q= with {"items": [{"id", "label", "hint"?}]}.

const WAIT_MS = 180;

export default function picker(box) {
  const field = box.querySelector("select, input");
  const carrier = field.tagName === "SELECT" ? selectCarrier(field) : textCarrier(field, box.dataset.chosen);
  const { input, list, chips, status, chip } = build(box, field);
  let items = [];
  let active = -1;
  let timer;
  let asked;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((entry, place) => entry.setAttribute("aria-selected", String(place === number)));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  }

  function show(found) {
    items = found;
    list.replaceChildren(...items.map((item, number) => option(item, `${list.id}-${number}`)));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length ? box.dataset.found.replace("{count}", items.length) : box.dataset.none;
    activate(-1);
  }

  async function search() {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(box.dataset.source, location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = box.dataset.none;
    }
  }

  function changed() {
    chips.replaceChildren(...carrier.chosen().map(chip));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function choose(number) {
    carrier.add(items[number]);
    input.value = "";
    status.textContent = "";
    close();
    changed();
  }

  chips.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    carrier.remove(button.value);
    changed();
    input.focus();
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(search, WAIT_MS);
    else close();
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return event.key === "Enter" ? event.preventDefault() : undefined;
    if (event.key === "ArrowDown") activate((active + 1) % items.length);
    else if (event.key === "ArrowUp") activate((Math.max(active, 0) - 1 + items.length) % items.length);
    else if (event.key === "Enter") choose(Math.max(active, 0));
    else if (event.key === "Escape") close();
    else return undefined;
    return event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const entry = event.target.closest("[role=option]");
    if (entry) choose([...list.children].indexOf(entry));
  });
  chips.replaceChildren(...carrier.chosen().map(chip));
}

function build(box, field) {
  const [searchTemplate, chipTemplate] = box.querySelectorAll("template");
  const search = searchTemplate.content.cloneNode(true);
  const [input, list, chips, status] = ["input", "[role=listbox]", ".picker__chips", "[role=status]"].map((part) => search.querySelector(part));
  input.id = field.id;
  list.id = `${field.id}-list`;
  input.setAttribute("aria-controls", list.id);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
  }
  const old = field.closest(".kern-form-input__select-wrapper") ?? field;
  old.after(search);
  old.hidden = true;
  field.id = `${field.id}-value`;
  field.required = false;
  return { input, list, chips, status, chip: (item) => chip(chipTemplate, item, box.dataset.remove) };
}

function chip(template, { id, label }, words) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.querySelector("span").textContent = label;
  const button = element.querySelector("button");
  button.value = id;
  button.setAttribute("aria-label", words.replace("{name}", label));
  return element;
}

function option({ label, hint }, id) {
  const element = Object.assign(document.createElement("li"), { id, className: "picker__option", textContent: label });
  element.setAttribute("role", "option");
  if (hint) element.append(Object.assign(document.createElement("span"), { className: "muted", textContent: hint }));
  return element;
}

function selectCarrier(select) {
  const find = (value) => [...select.options].find((entry) => entry.value === String(value));
  return {
    chosen: () => [...select.selectedOptions].filter((entry) => entry.value).map((entry) => ({ id: entry.value, label: entry.text })),
    add({ id, label }) {
      if (!find(id)) select.append(new Option(label, id));
      find(id).selected = true;
    },
    remove(value) {
      find(value).selected = false;
      if (!select.multiple) select.value = "";
    },
  };
}

function textCarrier(field, label) {
  let name = label ?? field.value;
  return {
    chosen: () => (field.value ? [{ id: field.value, label: name }] : []),
    add(item) {
      field.value = item.id;
      name = item.label;
    },
    remove() {
      field.value = "";
    },
  };
}
