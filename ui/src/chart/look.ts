/** Where types are shown as the open chart draws them: in its room, beside what is drawn. */
import { hasContext, setContext } from "svelte";

const CHARTED = Symbol("charted");

/** Has types within the component that calls this shown as the style sheet of the open chart has them. */
export function showAsDrawn() {
  setContext(CHARTED, true);
}

/** Whether the component that calls this shows types as the open chart draws them. */
export const asDrawn = (): boolean => hasContext(CHARTED);
