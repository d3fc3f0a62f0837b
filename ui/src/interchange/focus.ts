/** Where the keyboard goes when one step of a sheet takes the place of another: it would else fall out of the sheet. */

/** To the first thing to fill in or press. */
export function focusFirst(element: HTMLElement) {
  element.querySelector<HTMLElement>("input, button:not(:disabled)")?.focus();
}

/** To the whole, so that it is read out. */
export function focusSelf(element: HTMLElement) {
  element.focus();
}
