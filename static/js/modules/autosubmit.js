// A filter form sends itself when a choice is made; typing in a text field waits for Enter or leaving the field.

export default function autosubmit(form) {
  form.addEventListener("change", () => form.requestSubmit());
}
