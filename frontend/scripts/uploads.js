// The first step of an upload: a file dragged onto the page, cells pasted, progress of the sending. Without
// this script the form is sent as any other.

export function bindUploads() {
  const form = document.querySelector("form[data-upload]");
  if (!form) {
    return;
  }
  bindDropping(form);
  bindPasting(form);
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) {
      event.preventDefault();
      send(form);
    }
  });
}

function bindDropping(form) {
  const zone = form.querySelector("[data-dropzone]");
  const input = form.elements.file;
  form.querySelector(".n-dropzone__drag").hidden = false;
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      zone.classList.remove("is-over");
    }
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

function bindPasting(form) {
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (event.target.closest("input, textarea") || !text.includes("\t")) {
      return;
    }
    event.preventDefault();
    form.elements.cells.value = text;
    form.elements.cells.closest("details").open = true;
    form.requestSubmit();
  });
}

function send(form) {
  const state = form.querySelector(".n-upload__state");
  const bar = form.querySelector(".n-upload__bar");
  const stop = form.querySelector("[data-upload-stop]");
  const request = new XMLHttpRequest();
  const busy = (on) => {
    bar.hidden = !on;
    stop.hidden = !on;
    form.querySelector("[type=submit]").disabled = on;
    if (!on) {
      delete form.dataset.sent;
    }
  };
  state.hidden = false;
  state.textContent = form.dataset.sending;
  busy(true);
  stop.onclick = () => request.abort();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      const percent = Math.round((100 * event.loaded) / event.total);
      bar.value = percent;
      state.textContent = percent < 100 ? `${form.dataset.sending}: ${percent}\u00a0%` : form.dataset.reading;
    }
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      window.location.assign(request.responseURL);
      return;
    }
    if (request.status === 422) {
      showAnswer(request.responseText, form);
      return;
    }
    busy(false);
    state.textContent = form.dataset.failed;
  });
  request.addEventListener("error", () => {
    busy(false);
    state.textContent = form.dataset.failed;
  });
  request.addEventListener("abort", () => {
    busy(false);
    state.textContent = "";
    state.hidden = true;
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

// The refused form comes back as a page; the file that was chosen stays chosen.
function showAnswer(text, form) {
  const answer = new DOMParser().parseFromString(text, "text/html");
  const file = form.elements.file;
  document.title = answer.title;
  document.getElementById("main").replaceWith(answer.getElementById("main"));
  const fresh = document.querySelector("form[data-upload]");
  fresh.elements.file.files = file.files;
  const summary = document.querySelector(".n-errsum");
  if (summary) {
    summary.focus();
  }
  bindUploads();
}
