// Pages work without this file. It starts static/js/modules/NAME.js on every [data-module="NAME"], also in parts htmx brings later.

// Files are cached for ever, so the page names each module's address with its hash.
const ADDRESSES = JSON.parse(document.getElementById("modules").textContent);
const started = new WeakSet();

async function start(element) {
  if (started.has(element)) return;
  started.add(element);
  for (const name of element.dataset.module.split(" ")) {
    const module = await import(ADDRESSES[name]);
    module.default(element);
  }
}

function startAll(root) {
  if (root.matches?.("[data-module]")) start(root);
  root.querySelectorAll?.("[data-module]").forEach(start);
}

startAll(document);
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(startAll);
}).observe(document.body, { childList: true, subtree: true });
