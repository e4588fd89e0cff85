// A row of needs: person-days belong to a volume only. A row just added begins with the usual choices.

export default function need(row) {
  const kind = row.querySelector("[data-kind]");
  const days = row.querySelector("[data-volume-only]");
  const show = () => (days.hidden = kind.value !== "volume");

  if ("fresh" in row.dataset) {
    row.querySelectorAll("[data-default]").forEach((field) => (field.value = field.dataset.default));
    delete row.dataset.fresh;
  }
  kind.addEventListener("change", show);
  show();
}
