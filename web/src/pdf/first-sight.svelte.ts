/** Whatever the picture does, the document itself is not kept waiting for longer. */
const PATIENCE_MS = 4000;

/**
 * The first page as a picture that the server draws: there in one small request, before pdf.js and the document are. It is
 * shown until the page itself is drawn over it, and nothing depends on it.
 */
export class FirstSight {
  readonly document: number;
  readonly page: number;
  /** Address of the picture, once it has come. */
  url = $state<string | null>(null);
  /** The server cannot draw this page. */
  failed = $state(false);
  /** The page can be read, or there is nothing more to wait for: everything else may be loaded now. */
  readonly settled: Promise<void>;
  #settle!: () => void;
  #over = false;

  constructor(load: () => Promise<Blob>, document = 1, page = 1) {
    this.document = document;
    this.page = page;
    this.settled = new Promise((done) => (this.#settle = done));
    setTimeout(this.#settle, PATIENCE_MS);
    load().then(
      (blob) => {
        if (!this.#over) this.url = URL.createObjectURL(blob);
      },
      (error: unknown) => {
        console.warn('no picture of the first page', error instanceof Error ? error.name : error);
        this.failed = true;
        this.#settle();
      },
    );
  }

  /** The picture is on the screen. */
  seen(): void {
    this.#settle();
  }

  /** The page itself is drawn. */
  close(): void {
    this.#over = true;
    this.#settle();
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
    this.failed = false;
  }
}
