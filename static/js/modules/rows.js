// Adds and removes rows of a repeated fieldset. The names keep WTForms' FieldList pattern: PREFIX-0-skill_id, PREFIX-1-skill_id …
//
// <fieldset data-module="rows" data-prefix="needs"> holds [data-rows] with one [data-row] per row, a <template> with a row,
// a button [data-add], and in each row a button [data-remove]; the buttons are hidden until this module can serve them.

const REFERRING = ["id", "name", "for", "aria-describedby", "aria-labelledby", "data-prefix"];

export default function rows(fieldset) {
  const list = fieldset.querySelector("[data-rows]");
  const add = fieldset.querySelector("[data-add]");

  function refresh() {
    const present = [...list.querySelectorAll("[data-row]")];
    present.forEach((row, number) => renumber(row, fieldset.dataset.prefix, number));
    present.forEach((row) => (row.querySelector("button[data-remove]").hidden = present.length === 1));
  }

  add.hidden = false;
  add.addEventListener("click", () => {
    const row = fieldset.querySelector("template").content.cloneNode(true);
    empty(row);
    list.append(row);
    refresh();
    list.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-remove]");
    if (!button) return;
    button.closest("[data-row]").remove();
    refresh();
    list.dispatchEvent(new Event("change", { bubbles: true }));
    add.focus();
  });
  refresh();
}

function empty(row) {
  row.querySelectorAll(".kern-error").forEach((error) => error.remove());
  for (const element of row.querySelectorAll("input, select, textarea")) {
    element.removeAttribute("aria-invalid");
    if (element.type === "checkbox" || element.type === "radio") element.checked = false;
    else if (element.tagName === "SELECT") element.selectedIndex = 0;
    else element.value = "";
  }
  for (const element of row.querySelectorAll("[class*='--error']")) {
    element.classList.remove(...[...element.classList].filter((name) => name.endsWith("--error")));
  }
}

function renumber(row, prefix, number) {
  row.querySelectorAll("[data-number]").forEach((place) => (place.textContent = number + 1));
  const pattern = new RegExp(`(^|\\s)${prefix}-\\d+(?=-)`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of REFERRING) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace(pattern, `$1${prefix}-${number}`));
    }
  }
}
