// After a refused form the list of errors gets the focus, so that it is read out first.

export function bindErrors() {
  const focusSummary = (root) => {
    const summary = root.querySelector(".n-errsum[tabindex]");
    if (summary) {
      summary.focus();
    }
  };
  focusSummary(document);
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));
}
