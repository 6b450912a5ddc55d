/** So many steps can be taken back. */
const STEPS_MAX = 200;

/**
 * What was there before each change, so that it can be had back. Changes of one kind in a row (typing a label, moving by
 * arrows) are one step until `seal` or another kind comes between.
 */
export class History<T> {
  #before: T[] = [];
  #after: T[] = [];
  #tag: string | null = null;

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** To be called before a change; `now` is asked only where a new step begins. */
  record(tag: string | null, now: () => T): void {
    this.#after = [];
    if (tag !== null && tag === this.#tag) return;
    this.#before.push(now());
    if (this.#before.length > STEPS_MAX) this.#before.shift();
    this.#tag = tag;
  }

  /** The next change begins a step of its own. */
  seal(): void {
    this.#tag = null;
  }

  undo(now: () => T): T | undefined {
    return this.#turn(this.#before, this.#after, now);
  }

  redo(now: () => T): T | undefined {
    return this.#turn(this.#after, this.#before, now);
  }

  clear(): void {
    this.#before = [];
    this.#after = [];
    this.#tag = null;
  }

  #turn(from: T[], to: T[], now: () => T): T | undefined {
    this.#tag = null;
    const step = from.pop();
    if (step !== undefined) to.push(now());
    return step;
  }
}
