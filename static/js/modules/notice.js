// Whoever opens what a notice is about has read it: the row's own form says so while the page is left.

export default function notice(row) {
  const form = row.querySelector("form");
  const read = () => fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
  const link = row.querySelector("a");
  link.addEventListener("click", read);
  link.addEventListener("auxclick", (event) => event.button === 1 && read());
}
