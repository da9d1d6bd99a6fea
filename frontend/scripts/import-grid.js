// Cells corrected in place: Enter goes to the next one, Alt+Enter takes the suggestion, the message of the
// cell that has the focus is shown under the grid. Without this script all messages stand there.

export function bindImportGrid() {
  for (const form of document.querySelectorAll("form[data-grid]")) {
    bindGrid(form);
  }
  for (const form of document.querySelectorAll("form[data-columns]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-look]")) {
        form.requestSubmit(form.querySelector("[name=look]"));
      }
    });
  }
}

function bindGrid(form) {
  const messages = form.querySelector("[data-messages]");
  const cells = [...form.querySelectorAll("[data-cell]")];
  const shown = [...messages.querySelectorAll("[data-at]")];
  if (!shown.length) {
    return;
  }
  messages.classList.add("is-live");
  messages.setAttribute("aria-live", "polite");
  const keys = form.querySelector("[data-keys]");
  if (keys) {
    keys.hidden = false;
  }
  const show = (address) => {
    const row = address.split(":")[0];
    const own = shown.filter((message) => message.dataset.at === address);
    const visible = own.length ? own : shown.filter((message) => message.dataset.at.split(":")[0] === row);
    if (!visible.length) {
      return;
    }
    for (const message of shown) {
      message.hidden = !visible.includes(message);
    }
    for (const cell of cells) {
      cell.closest("td").classList.toggle("is-act", cell.dataset.cell === address);
    }
  };
  show(shown[0].dataset.at);
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-cell]")) {
      show(event.target.dataset.cell);
    }
  });
  form.addEventListener("click", (event) => {
    const row = event.target.closest("tr[id]");
    if (row && !event.target.closest("input, button, a")) {
      show(row.id.slice(2));
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-cell]")) {
      return;
    }
    const place = cells.indexOf(event.target);
    const suggestion = messages.querySelector(".n-msg:not([hidden]) [name=set]");
    if (event.altKey && suggestion) {
      event.preventDefault();
      form.requestSubmit(suggestion);
    } else if (place + 1 < cells.length) {
      event.preventDefault();
      cells[place + 1].focus();
      cells[place + 1].select();
    }
  });
}
