// Menus are <details class="n-drop">: one open at a time, closed by Escape or a click elsewhere.

import htmx from "htmx.org";

const openMenus = () => document.querySelectorAll("details.n-drop[open]");

export function bindMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });
  // What a menu loads only when it is opened waits for the event «open-menu».
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open && event.target.matches("details[data-lazy]")) {
        for (const part of event.target.querySelectorAll("[hx-trigger^=open-menu]")) {
          htmx.trigger(part, "open-menu");
        }
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.code !== "Escape") {
      return;
    }
    for (const menu of openMenus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) {
        menu.querySelector("summary").focus();
      }
    }
  });
}
