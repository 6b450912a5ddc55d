import type { PDFDocumentProxy } from 'pdfjs-dist';
import { openPdf, warmUp } from './engine.ts';

export type Load = (number: number, progress: (received: number, total: number) => void) => Promise<Uint8Array<ArrayBuffer>>;

export interface Volume {
  state: 'idle' | 'loading' | 'open' | 'failed';
  /** Share that has arrived, 0 to 1; 0 while the length is unknown. */
  share: number;
  pdf: PDFDocumentProxy | null;
}

/** The opened documents of one screen; each is fetched when its first page comes near, and only once. */
export class Shelf {
  #volumes = $state<Record<number, Volume>>({});
  #load: Load;
  #begin: Promise<void>;

  /** Nothing is fetched before `begin`: what the person reads first has the line for itself. */
  constructor(load: Load, begin: Promise<void> = Promise.resolve()) {
    this.#load = load;
    this.#begin = begin;
  }

  volume(number: number): Volume {
    return this.#volumes[number] ?? { state: 'idle', share: 0, pdf: null };
  }

  async open(number: number): Promise<void> {
    const state = this.volume(number).state;
    if (state === 'loading' || state === 'open') return;
    this.#volumes[number] = { state: 'loading', share: 0, pdf: null };
    try {
      await this.#begin;
      // Code and document come side by side.
      void warmUp().catch(() => {});
      const bytes = await this.#load(number, (received, total) => {
        const volume = this.#volumes[number];
        if (volume && total > 0) volume.share = received / total;
      });
      const pdf = await openPdf(bytes);
      this.#volumes[number] = { state: 'open', share: 1, pdf };
    } catch (error) {
      console.warn('document could not be shown', error instanceof Error ? error.name : error);
      this.#volumes[number] = { state: 'failed', share: 0, pdf: null };
    }
  }

  /** Fetches every opened document anew behind the shown one: the pages stay until the new ones are there. */
  async reload(): Promise<void> {
    for (const key of Object.keys(this.#volumes).map(Number)) {
      const before = this.#volumes[key]?.pdf;
      try {
        const pdf = await openPdf(await this.#load(key, () => {}));
        this.#volumes[key] = { state: 'open', share: 1, pdf };
      } catch {
        this.#volumes[key] = { state: 'failed', share: 0, pdf: null };
      }
      void before?.loadingTask.destroy();
    }
  }

  close(): void {
    for (const volume of Object.values(this.#volumes)) void volume.pdf?.loadingTask.destroy();
    this.#volumes = {};
  }
}
