// A filter form sends itself when a choice is made; what is typed waits for Enter.

export default function autosubmit(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });
}
