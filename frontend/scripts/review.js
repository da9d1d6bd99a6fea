// Self-audit: the remark opens with «Return», ready phrases fill it in; the foot is not replaced under a click.

const returned = (row) => row.querySelector("input[value='returned']:checked") !== null;

const showRemark = (row) => {
  row.querySelector("[data-remark]").hidden = !returned(row);
  row.classList.toggle("is-ret", returned(row));
};

export function bindReview() {
  for (const row of document.querySelectorAll("[data-verdict]")) {
    row.querySelector("[data-phrases]").hidden = false;
    showRemark(row);
    row.addEventListener("change", (event) => {
      if (event.target.type === "radio") {
        showRemark(row);
        if (returned(row)) {
          row.querySelector("textarea").focus();
        }
      }
    });
    row.addEventListener("click", (event) => {
      const button = event.target.closest("[data-phrase]");
      if (button) {
        const remark = row.querySelector("textarea");
        remark.value = button.dataset.phrase;
        remark.dispatchEvent(new Event("change", { bubbles: true }));
        remark.focus();
      }
    });
  }
  // The last field that was left is saved while the pointer is already down on a button of the foot: a new
  // foot at that moment would swallow the click, which saves everything anyway.
  let pressed = false;
  document.addEventListener("pointerdown", (event) => {
    pressed = event.target.closest("#audit-foot") !== null;
  });
  document.addEventListener("click", () => {
    pressed = false;
  });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (pressed && event.target.id === "audit-foot") {
      event.preventDefault();
    }
  });
}
