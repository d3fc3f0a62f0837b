/** Through whose eyes the case is read: one organisation's words for types, links and terms. */
import type { Host } from "../host";
import { preferences } from "../workspace/preferences.svelte";

export class Lens {
  /** Code of the organisation. */
  organisation = $state("");
  /** What it calls types of entity and link, by the type's name; only where it says something else. */
  labels = $state.raw<Readonly<Record<string, string>>>({});
  /** Whether the list of organisations is open. */
  choosing = $state(false);

  readonly #host: Host;
  #asked = 0;

  constructor(host: Host, own: string) {
    this.#host = host;
    this.organisation = own;
  }

  /** Reads the labels, in the language of the window. */
  async refresh() {
    const asked = ++this.#asked;
    const labels = await this.#host.lensLabels(this.organisation, preferences.language);
    if (asked === this.#asked) this.labels = labels;
  }
}
