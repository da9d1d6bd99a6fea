// Builder of reports: of the fields of the period only the chosen one is shown. Without the script all are.

export function bindPeriods() {
  const switcher = document.querySelector("[data-period]");
  if (!switcher) {
    return;
  }
  const show = () => {
    const chosen = switcher.querySelector("input:checked");
    for (const part of document.querySelectorAll("[data-period-of]")) {
      part.hidden = chosen !== null && part.dataset.periodOf !== chosen.value;
    }
  };
  switcher.addEventListener("change", show);
  show();
}
