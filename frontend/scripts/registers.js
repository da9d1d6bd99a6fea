// Registers: choosing rows, the bar of bulk actions, moving about by keys. Without the script the checkboxes and
// the buttons below the table do the same.

const isTyping = (element) =>
  element.closest("input:not([type=checkbox]), textarea, select, [contenteditable], summary") !== null;
const boxes = () => [...document.querySelectorAll("[data-pick]")];
// A row stands in the page twice, in the table and among the cards; what is shown counts.
const shownBoxes = () => boxes().filter((box) => box.offsetParent !== null);

let lastBox = null;

function mark(box) {
  for (const twin of boxes()) {
    if (twin.value === box.value) {
      twin.checked = box.checked;
      twin.disabled = twin !== box && box.offsetParent !== null;
    }
  }
  const row = box.closest("tr");
  if (row) {
    row.classList.toggle("is-sel", box.checked);
  }
}

function show() {
  const shown = shownBoxes();
  const chosen = shown.filter((box) => box.checked);
  const every = document.querySelector("[data-pick-every]");
  const onAll = chosen.length > 0 && chosen.length === shown.length;
  if (every && !onAll) {
    every.checked = false;
  }
  for (const node of document.querySelectorAll("[data-bulk-on]")) {
    node.hidden = chosen.length === 0;
  }
  for (const node of document.querySelectorAll("[data-bulk-off]")) {
    node.hidden = chosen.length > 0;
  }
  for (const node of document.querySelectorAll("[data-pick-all]")) {
    node.hidden = !onAll;
  }
  const page = document.querySelector("[data-pick-page]");
  if (page) {
    page.checked = onAll;
    page.indeterminate = chosen.length > 0 && !onAll;
  }
  for (const node of document.querySelectorAll("[data-bulk-count]")) {
    node.textContent = every && every.checked ? every.dataset.pickEvery : String(chosen.length);
  }
}

function pick(box, checked, range) {
  const shown = shownBoxes();
  const from = range && lastBox ? shown.indexOf(lastBox) : -1;
  const to = shown.indexOf(box);
  const touched = from < 0 ? [box] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const one of touched) {
    one.checked = checked;
    mark(one);
  }
  lastBox = box;
  show();
}

function prepare() {
  for (const node of document.querySelectorAll("[data-bulk-plain]")) {
    node.hidden = true;
  }
  for (const node of document.querySelectorAll("[data-pick-page]")) {
    node.hidden = false;
  }
  // A page that the browser brings back may hold rows that were chosen before.
  for (const box of shownBoxes()) {
    mark(box);
  }
  show();
  if (document.querySelector("[data-print-now]")) {
    window.print();
  }
  for (const list of document.querySelectorAll("[data-reorder]:not([data-ready])")) {
    prepareOrder(list);
  }
}

// Columns are moved by a button beside each; their order in the form is their order in the table.
function prepareOrder(list) {
  list.dataset.ready = "1";
  for (const item of list.children) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "n-colform__up";
    button.textContent = "↑";
    const label = `${list.dataset.up}: ${item.textContent.trim()}`;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      if (item.previousElementSibling) {
        list.insertBefore(item, item.previousElementSibling);
        button.focus();
      }
    });
    item.append(button);
  }
}

function moveTo(row) {
  const link = row && row.querySelector("th a, .n-card__h a");
  if (link) {
    link.focus();
    row.scrollIntoView({ block: "nearest" });
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  const row = event.target.closest("[data-rows] tbody tr");
  if (event.code === "ArrowDown" || event.code === "ArrowUp") {
    const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
    if (rows.length === 0 || event.target.closest("details[open], form:not(#register-bulk)")) {
      return;
    }
    const place = rows.indexOf(row) + (event.code === "ArrowDown" ? 1 : -1);
    if (row || event.code === "ArrowDown") {
      event.preventDefault();
      moveTo(rows[Math.max(0, Math.min(rows.length - 1, place))]);
    }
  } else if (event.code === "Space" && row && event.target.tagName === "A") {
    const box = row.querySelector("[data-pick]");
    if (box) {
      event.preventDefault();
      pick(box, !box.checked, false);
    }
  }
}

export function bindRegisters() {
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-pick]");
    if (box) {
      pick(box, box.checked, event.shiftKey);
      return;
    }
    if (event.target.closest("[data-pick-none]")) {
      for (const one of boxes()) {
        one.checked = false;
        mark(one);
      }
      show();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-page]")) {
      for (const one of shownBoxes()) {
        one.checked = event.target.checked;
        mark(one);
      }
      show();
    } else if (event.target.matches("[data-pick-every]")) {
      show();
    }
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSettle", prepare);
  window.addEventListener("pageshow", prepare);
}
