/** Where the keyboard goes when one step of a sheet takes the place of another: it would else fall out of the sheet. */

/** To the first thing to fill in or press; not when the sheet itself opens, which keeps where the keyboard was. */
export function focusFirst(element: HTMLElement) {
  const at = document.activeElement;
  const here = element.closest("[role=dialog]")?.contains(at);
  if (at !== document.body && !here) return;
  element.querySelector<HTMLElement>("input, button:not(:disabled)")?.focus();
}

/** To the whole, so that it is read out. */
export function focusSelf(element: HTMLElement) {
  element.focus();
}
