// Keyboard shortcuts. Keys are told by their place (event.code), so they work in the Russian layout: «g» then
// н, у, п, с; «/» search; «n» new record; «?» help. The settings of the look switch them off (WCAG 2.1.4).

const SEQUENCE_MS = 1500;
const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
const isOff = () => document.documentElement.dataset.keys === "off";
const seen = (selector) => [...document.querySelectorAll(selector)].find((element) => element.offsetParent !== null);

function follow(event, element) {
  if (element) {
    event.preventDefault();
    element.click();
  }
}

function single(event) {
  if (event.code === "Slash" && !event.shiftKey) {
    const search = seen("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
    follow(event, document.querySelector("[data-help]"));
  } else if (event.code === "KeyN" && !event.shiftKey) {
    follow(event, seen("[data-new]"));
  }
}

export function bindKeys() {
  let began = 0;
  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "Digit0") {
      follow(event, document.querySelector("[data-appearance]"));
      return;
    }
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (chord || event.defaultPrevented || event.repeat || isOff() || isTyping(event.target)) {
      return;
    }
    const goes = event.timeStamp - began < SEQUENCE_MS;
    began = 0;
    if (goes) {
      const link = document.querySelector(`[data-go="${event.code}"]`);
      if (link) {
        follow(event, link);
        return;
      }
    }
    if (event.code === "KeyG" && !event.shiftKey) {
      began = event.timeStamp;
      return;
    }
    single(event);
  });
}
