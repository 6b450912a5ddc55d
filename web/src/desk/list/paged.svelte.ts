import { sayTrouble } from '../say-trouble.ts';

/** One answer of a list that comes in pages. */
export interface PageOf<T> {
  items: T[];
  next_cursor: string | null;
}

type Load<T> = (cursor: string | undefined, signal?: AbortSignal) => Promise<PageOf<T>>;

/** A list that is read page by page: what came so far, whether there is more, and what went wrong. */
export class Paged<T> {
  /** `null` until the first page is there. */
  items = $state.raw<T[] | null>(null);
  cursor = $state<string | null>(null);
  trouble = $state('');
  busy = $state(false);
  #load: Load<T> | null = null;

  /** From the beginning. What was there stays until the new first page has come. @returns whether it came. */
  async read(load: Load<T>, signal?: AbortSignal): Promise<boolean> {
    this.#load = load;
    try {
      const page = await load(undefined, signal);
      if (signal?.aborted) return false;
      this.items = page.items;
      this.cursor = page.next_cursor;
      this.trouble = '';
      return true;
    } catch (error) {
      if (!signal?.aborted) this.trouble = sayTrouble(error);
      return false;
    }
  }

  /** The page after those that are there. */
  async more(): Promise<void> {
    const load = this.#load;
    if (!this.cursor || !load || this.busy) return;
    this.busy = true;
    try {
      const page = await load(this.cursor);
      // Another list was begun meanwhile.
      if (load === this.#load) {
        this.items = [...(this.items ?? []), ...page.items];
        this.cursor = page.next_cursor;
      }
    } catch (error) {
      this.trouble = sayTrouble(error);
    }
    this.busy = false;
  }
}
