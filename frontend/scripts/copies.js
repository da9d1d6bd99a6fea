// [data-copy="id-of-a-field"] copies its text and says so; [data-print] prints. Hidden without the script.

export function bindCopies() {
  for (const button of document.querySelectorAll("[data-copy][hidden], [data-print][hidden]")) {
    button.hidden = false;
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) {
      return;
    }
    if ("print" in button.dataset) {
      window.print();
      return;
    }
    const field = document.getElementById(button.dataset.copy);
    field.select();
    // The clipboard of the page is there over https only.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(field.value);
    } else {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}
