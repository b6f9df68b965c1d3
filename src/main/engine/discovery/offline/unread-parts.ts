import type { FactSink } from './offline-format.ts';

/** So many are named for a text; the others are counted. */
const named = 50;

/** Parts of a text's bodies that have a form that is not known: the records are read, what these parts say is not. */
export class UnreadParts {
  readonly #parts = new Set<string>();
  #more = 0;

  /** Takes sentences without a full stop. */
  add(parts: readonly string[]): void {
    for (const part of parts) {
      if (this.#parts.has(part)) continue;
      if (this.#parts.size < named) this.#parts.add(part);
      else this.#more += 1;
    }
  }

  /** Tells them as notes of the text. */
  tell(facts: Pick<FactSink, 'note'>): void {
    for (const part of this.#parts) facts.note(`${part}.`);
    const more = this.#more;
    if (more > 0) facts.note(`${more} more parts of bodies have a form that is not known; the bodies are kept.`);
  }
}
