// «Показать» beside a password field: <button data-reveal="id-of-the-field" data-hide-label="…">.

export function bindPasswords() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal]");
    if (!button) {
      return;
    }
    const field = document.getElementById(button.dataset.reveal);
    const shown = field.type === "text";
    const label = button.textContent;
    field.type = shown ? "password" : "text";
    button.textContent = button.dataset.hideLabel;
    button.dataset.hideLabel = label;
    button.setAttribute("aria-pressed", String(!shown));
  });
  // Without the script the button would do nothing, so the page hides it.
  for (const button of document.querySelectorAll("[data-reveal][hidden]")) {
    button.hidden = false;
  }
}
