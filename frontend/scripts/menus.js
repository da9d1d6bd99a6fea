// Menus are <details class="n-drop">: one open at a time, closed by Escape or a click elsewhere.

const openMenus = () => document.querySelectorAll("details.n-drop[open]");

export function bindMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });
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
