// Forms: Ctrl+Enter saves (and opens the next one where the page offers it); the list of errors leads to fields.

export function bindForms() {
  document.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) {
      return;
    }
    const form = event.target.closest("form[data-form]");
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-submit-more]") || undefined);
    }
  });
}
