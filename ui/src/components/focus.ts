/** For a field that appears because somebody asked for it: it has the keyboard at once, and what is in it is selected. */
export function ready(field: HTMLElement) {
  field.focus();
  if (field instanceof HTMLInputElement) field.select();
}
