// Keyboard shortcuts. Keys are told by their place (event.code), so they work in the Russian layout.

const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

export function bindKeys() {
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.code === "Slash" && plain && !isTyping(event.target)) {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });
}
