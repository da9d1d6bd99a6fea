// The panel beside the page: <a data-panel href> is opened in it, and as a page of its own without this script.
// Escape and the button [data-close-panel] close it; the focus goes back to where it came from.

import htmx from "htmx.org";

export function bindPanels() {
  const panel = document.getElementById("side-panel");
  if (!panel) {
    return;
  }
  let opener = null;

  const close = () => {
    panel.hidden = true;
    panel.replaceChildren();
    if (opener && opener.isConnected) {
      opener.focus();
    }
    opener = null;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-panel]")) {
      close();
      return;
    }
    const link = event.target.closest("a[data-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) {
      return;
    }
    event.preventDefault();
    const menu = link.closest("details.n-drop");
    opener = menu ? menu.querySelector("summary") : link;
    if (menu) {
      menu.open = false;
    }
    htmx.ajax("GET", link.href, { target: panel, swap: "innerHTML" }).then(() => {
      panel.hidden = false;
      panel.focus();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.code === "Escape" && !panel.hidden) {
      close();
    }
  });
}
