// A table that fits needs no scroll region: its head may then stick to the window instead. One too wide for a telephone becomes
// a list of cards there (cards.css): each cell says which column it is of.

const HALF_A_LINE = 14; // letters
const NARROW = matchMedia("(width < 40rem)");

export default function region(box) {
  const table = box.querySelector(":scope > table:not(.table-matrix)");
  const arrange = () => {
    if (table) stack(box, table);
    const fits = box.scrollWidth <= box.clientWidth;
    box.classList.toggle("fits", fits);
    if (fits) box.removeAttribute("tabindex");
    else box.setAttribute("tabindex", "0");
  };
  arrange();
  const watch = new ResizeObserver(() => requestAnimationFrame(arrange));
  watch.observe(box);
  watch.observe(box.firstElementChild); // what is unfolded in a cell widens the table, not its box
}

function stack(box, table) {
  box.classList.remove("stacked");
  if (!NARROW.matches || box.scrollWidth <= box.clientWidth || table.tHead?.rows.length !== 1) return;
  const names = [...table.tHead.rows[0].cells].flatMap((cell) => Array(cell.colSpan).fill(words(cell)));
  const rows = [...table.tBodies, table.tFoot].flatMap((part) => [...(part?.rows ?? [])]);
  const cells = rows.flatMap((row) => described(row, names)); // read all, then write all: the page is laid out once
  for (const { cell, name, wide } of cells) {
    if (name) cell.dataset.column = name;
    cell.classList.toggle("cell--wide", wide);
  }
  box.classList.add("stacked");
}

function described(row, names) {
  let column = 0;
  return [...row.cells].map((cell) => {
    const name = cell.tagName === "TD" && cell.colSpan === 1 ? names[column] : "";
    column += cell.colSpan;
    return { cell, name, wide: isWide(cell) };
  });
}

function isWide(cell) {
  const lines = cell.innerText.trim().split("\n");
  const parts = cell.matches(".nowrap") ? lines : lines.flatMap((line) => line.split(/[\s-]+/));
  return lines.some((line) => line.length > 2 * HALF_A_LINE) || parts.some((part) => part.length > HALF_A_LINE);
}

function words(cell) {
  return [...cell.querySelectorAll(".sort")].map((each) => each.textContent.trim()).join(", ") || cell.textContent.trim();
}
