import type { Upload } from '../../api/desk.ts';
import { uploadFile } from '../../api/upload.ts';
import { newKey } from '../draft/shape.ts';
import { sayTrouble } from '../say-trouble.ts';

export interface Uploading {
  key: string;
  file: File;
  share: number;
  trouble: string;
  abort: AbortController;
}

/** Files on their way, one after another: a slow line gets one whole file rather than five halves. */
export class Uploads {
  list = $state<Uploading[]>([]);
  #running = false;

  constructor(private readonly ondone: (upload: Upload) => void) {}

  get busy(): boolean {
    return this.list.some((one) => one.trouble === '');
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.list.push({ key: newKey(), file, share: 0, trouble: '', abort: new AbortController() });
    void this.#run();
  }

  retry(key: string): void {
    const one = this.list.find((other) => other.key === key);
    if (!one) return;
    one.trouble = '';
    one.share = 0;
    void this.#run();
  }

  remove(key: string): void {
    this.list.find((one) => one.key === key)?.abort.abort();
    this.list = this.list.filter((one) => one.key !== key);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const one = next;
      try {
        const upload = await uploadFile(one.file, (share) => (one.share = share), one.abort.signal);
        this.list = this.list.filter((other) => other.key !== one.key);
        this.ondone(upload);
      } catch (error) {
        one.trouble = one.abort.signal.aborted ? ' ' : sayTrouble(error);
      }
    }
    this.#running = false;
  }

  #next(): Uploading | undefined {
    return this.list.find((one) => one.trouble === '');
  }
}
