// The list beside segments shows only while its segment is chosen; without a script it always does.

export function bindSegments() {
  for (const group of document.querySelectorAll("[data-segments]")) {
    const list = group.parentElement.querySelector(`[name="${group.dataset.segments}"]`);
    const show = () => {
      list.hidden = !group.querySelector("input[value=other]").checked;
    };
    group.addEventListener("change", (event) => {
      show();
      if (!list.hidden && event.target.value === "other") {
        list.focus();
      }
    });
    show();
  }
}
