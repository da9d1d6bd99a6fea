// The settings of the look show what they do before they are kept.

const ORDINARY = { size: "100", scheme: "plain", lines: "normal", letters: "normal" };

export function bindLook() {
  document.addEventListener("change", (event) => {
    if (!event.target.closest("form[data-look]")) {
      return;
    }
    const name = event.target.name;
    const value = event.target.value;
    if (value === (ORDINARY[name] || "on")) {
      delete document.documentElement.dataset[name];
    } else {
      document.documentElement.dataset[name] = value;
    }
  });
}
