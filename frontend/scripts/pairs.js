// New pair: the lists of people follow what is typed. Meeting entry: an own topic is asked for when chosen.

const DELAY = 200;

export function bindPairs() {
  for (const form of document.querySelectorAll("form[data-choose]")) {
    bindLists(form);
  }
  for (const select of document.querySelectorAll("[data-own-topic]")) {
    bindTopic(select);
  }
}

function bindLists(form) {
  const fields = [...form.querySelectorAll("[data-choose-search]")];
  const running = {};
  for (const button of form.querySelectorAll("[data-find]")) {
    button.hidden = true;
  }
  const refresh = async (field) => {
    const side = field.dataset.chooseSearch;
    running[side]?.abort();
    running[side] = new AbortController();
    const url = new URL(field.dataset.url, window.location.href);
    new FormData(form).forEach((value, name) => {
      if (name !== "csrfmiddlewaretoken" && name !== "request") {
        url.searchParams.append(name, value);
      }
    });
    url.searchParams.set("side", side);
    try {
      const answer = await fetch(url, { signal: running[side].signal });
      const list = document.getElementById(`${side}-matches`);
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      replaceList(list, await answer.text());
    } catch (failure) {
      // The button that sends the search without a script still finds.
      if (failure.name !== "AbortError") {
        for (const button of form.querySelectorAll("[data-find]")) {
          button.hidden = false;
        }
      }
    }
  };
  for (const field of fields) {
    let timer;
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(refresh, DELAY, field);
    });
    field.addEventListener("keydown", (event) => {
      if (event.code === "Enter") {
        event.preventDefault();
        refresh(field);
      }
    });
  }
  form.addEventListener("change", (event) => {
    if (["form", "form_other"].includes(event.target.name)) {
      fields.forEach(refresh);
    }
  });
}

// What was chosen or dropped while the answer was on its way stays so.
function replaceList(list, html) {
  const chosen = [...list.querySelectorAll("input:checked")].map((box) => box.closest("li"));
  const id = list.id;
  list.outerHTML = html;
  const fresh = document.getElementById(id);
  for (const box of fresh.querySelectorAll("input")) {
    box.checked = false;
  }
  for (const item of chosen.reverse()) {
    const twin = fresh.querySelector(`input[value="${item.querySelector("input").value}"]`);
    if (twin) {
      twin.checked = true;
    } else {
      fresh.prepend(item);
    }
  }
}

function bindTopic(select) {
  const field = document.getElementById(select.dataset.ownTopic);
  const row = field.closest("[data-own-topic-row]");
  const show = (byHand) => {
    row.hidden = select.value !== "";
    if (row.hidden) {
      field.value = "";
    } else if (byHand) {
      field.focus();
    }
  };
  select.addEventListener("change", () => show(true));
  show(false);
}
