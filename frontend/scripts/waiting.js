// While htmx waits: a bar after 300 ms, a sentence after 3 s. After a swap the focus is never lost.

const BAR_MS = 300;
const TEXT_MS = 3000;

export function bindWaiting() {
  const bar = document.getElementById("wait-bar");
  const text = document.getElementById("wait-text");
  if (!bar || !text) {
    return;
  }
  const waiting = new Map();

  const stop = (request) => {
    (waiting.get(request) || []).forEach(clearTimeout);
    waiting.delete(request);
    if (waiting.size === 0) {
      bar.hidden = true;
      text.textContent = "";
    }
  };

  document.addEventListener("htmx:beforeSend", (event) => {
    waiting.set(event.detail.xhr, [
      setTimeout(() => {
        bar.hidden = false;
      }, BAR_MS),
      setTimeout(() => {
        text.textContent = text.dataset.slow;
      }, TEXT_MS),
    ]);
  });
  document.addEventListener("htmx:afterRequest", (event) => stop(event.detail.xhr));
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => {
      stop(event.detail.xhr);
      text.textContent = text.dataset.failed;
    });
  }
}

export function bindFocus() {
  let held = "";
  let had = false;
  document.addEventListener("htmx:beforeSwap", () => {
    const active = document.activeElement;
    had = Boolean(active) && active !== document.body;
    held = (active && active.id) || "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    // A page that refreshes itself takes no focus where there was none.
    if (!had || document.activeElement !== document.body) {
      return;
    }
    const target = document.getElementById(event.detail.target.id) || event.detail.elt;
    const next = (held && document.getElementById(held)) || (target.isConnected ? target : null);
    if (next && next !== document.body) {
      if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) {
        next.tabIndex = -1;
      }
      next.focus({ preventScroll: true });
    }
  });
}
