// Keeps the draft while it is written: after a pause, and when a field or the page is left. The buttons stay as they are.
// <form data-module="autosave" data-keep="ADDRESS" data-failed="SENTENCE"> has a hidden `version`, in each row a hidden …-need_id, and
// a [data-status] for what the answer says: {message, stop} or {message, version, need_ids, form, keep}. data-unsaved: begin at once.

const [WAIT_MS, RETRY_MS, MOST_KEPT_ALIVE] = [1200, 15000, 60000]; // of larger bodies, browsers let none outlive the page

export default function autosave(form) {
  const status = form.querySelector("[data-status]");
  let [changed, stopped] = [false, false];
  let timer, sending;

  const say = (text) => status.textContent !== text && (status.textContent = text); // else it would be read out again

  function later(wait) {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  async function keep() {
    if (!changed || stopped || sending) return;
    changed = false;
    sending = send();
    const failed = await sending;
    sending = undefined;
    if (changed || failed) later(failed ? RETRY_MS : WAIT_MS);
  }

  // Whether it failed for want of an answer.
  async function send() {
    const marks = [...form.querySelectorAll("[name$='-need_id']")];
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: String(body).length < MOST_KEPT_ALIVE });
      const { message, stop, version, need_ids, form: address, keep: next } = await answer.json();
      say(message);
      stopped ||= Boolean(stop);
      if (!version) return;
      form.elements.version.value = version;
      need_ids.forEach((id, place) => (marks[place].value = id ?? ""));
      [form.dataset.keep, form.action] = [next, address];
      history.replaceState(null, "", address);
    } catch {
      say(form.dataset.failed);
      return true;
    }
  }

  form.addEventListener("input", () => later(WAIT_MS));
  form.addEventListener("change", () => later(0));
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  form.addEventListener("submit", async (event) => {
    stopped = true;
    if (!sending) return;
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });
  if ("unsaved" in form.dataset) later(WAIT_MS);
}
