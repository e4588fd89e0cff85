// Strg+K (⌘K) leads into the search field from everywhere but a field; arrows walk through what it found, Escape leaves it.

export default function search(form) {
  const input = form.querySelector("input[type=search]");
  const panel = form.querySelector(".search__panel");

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const shortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!shortcut || typing || !input.checkVisibility()) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
  input.setAttribute("aria-keyshortcuts", "Control+K Meta+K"); // promised from now on, and not where scripts are off
  if (!panel) return;
  input.placeholder = input.dataset.shortcut;

  form.addEventListener("keydown", (event) => {
    const places = [input, ...panel.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && panel.childElementCount) {
      panel.replaceChildren();
      input.focus();
    } else if (step && places.length > 1) {
      places[(places.indexOf(document.activeElement) + step + places.length) % places.length].focus();
    } else return;
    event.preventDefault();
  });
}
