/** What is selected in a room: a document, and the passage of it that matters now. */
import type { Passage } from "../bindings/Passage";

export class Selection {
  /** The document that the inspector shows. */
  document = $state<string | null>(null);
  /** The passage at which it was chosen. */
  passage = $state.raw<Passage | null>(null);
  /** All that are chosen, where several are; holds `document` whenever there is one. */
  documents = $state.raw<ReadonlySet<string>>(new Set());

  readonly #onChoose: () => void;

  /** `onChoose` is told of every choice that is made here. */
  constructor(onChoose: () => void = () => {}) {
    this.#onChoose = onChoose;
  }

  choose(document: string | null, passage: Passage | null = null) {
    this.document = document;
    this.passage = passage;
    this.documents = new Set(document === null ? [] : [document]);
    this.#onChoose();
  }

  chooseAll(documents: Iterable<string>, current: string | null) {
    this.documents = new Set(documents);
    this.document = current;
    this.passage = null;
    this.#onChoose();
  }

  drop(documents: Iterable<string>) {
    const gone = new Set(documents);
    this.documents = new Set([...this.documents].filter((id) => !gone.has(id)));
    if (this.document !== null && gone.has(this.document)) {
      this.document = null;
      this.passage = null;
    }
  }
}
