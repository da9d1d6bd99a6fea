// Menus are <details class="n-drop">: one open at a time, closed by Escape or a click elsewhere. A table that
// scrolls in its own region would cut its menus off, so there they are placed over the page.

import htmx from "htmx.org";

const GAP = 4;
const openMenus = () => document.querySelectorAll("details.n-drop[open]");

// Under the button, over it where there is more room.
function placeOverPage(menu) {
  const list = menu.querySelector(".n-drop__list");
  const button = menu.querySelector("summary").getBoundingClientRect();
  const page = document.documentElement;
  list.style.left = `${list.getBoundingClientRect().left}px`;
  list.style.right = "auto";
  list.style.position = "fixed";
  const below = page.clientHeight - button.bottom - 2 * GAP;
  const isUnder = list.offsetHeight <= below || below >= button.top;
  list.style.top = isUnder ? `${button.bottom + GAP}px` : "auto";
  list.style.bottom = isUnder ? "auto" : `${page.clientHeight - button.top + GAP}px`;
  list.style.maxHeight = `${Math.max(below, button.top) - GAP}px`;
}

function closePlaced() {
  for (const menu of openMenus()) {
    if (menu.closest(".n-tablewrap")) {
      menu.open = false;
    }
  }
}

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
      if (event.target.open && event.target.matches(".n-tablewrap details.n-drop")) {
        placeOverPage(event.target);
      }
      if (event.target.open && event.target.matches("details[data-lazy]")) {
        for (const part of event.target.querySelectorAll("[hx-trigger^=open-menu]")) {
          htmx.trigger(part, "open-menu");
        }
      }
    },
    true,
  );
  window.addEventListener("resize", closePlaced);
  document.addEventListener(
    "scroll",
    (event) => {
      // The list itself may scroll.
      if (!event.target.matches?.(".n-drop__list")) {
        closePlaced();
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
