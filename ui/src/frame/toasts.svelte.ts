/** Short messages at the edge of the window, with at most one thing to do each. */
import type { Severity } from "./errors";

export interface Toast {
  id: number;
  /** Called when shown, so that it follows the language. */
  text: () => string;
  advice?: () => string;
  technical?: string | null;
  severity: Severity;
  action?: { label: () => string; testid?: string; run: () => void };
}

/** How long a toast stays, in milliseconds; one that failed stays until it is closed. */
export const TOAST_TIME = 9000;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  show(toast: Omit<Toast, "id">): number {
    const id = this.#next;
    this.#next += 1;
    this.list = [...this.list.slice(-3), { ...toast, id }];
    return id;
  }

  close(id: number) {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}
