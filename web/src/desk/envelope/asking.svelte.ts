import type { Envelope } from '../../api/desk.ts';
import { Refusal, type Finding } from '../../api/problem.ts';
import { announce } from '../../ui/announce.svelte.ts';
import { sayTrouble } from '../say-trouble.ts';

/** One thing asked of the server at a time, and what became of it. */
export class Asking {
  busy = $state(false);
  trouble = $state('');
  found = $state.raw<Finding[]>([]);
  /** The code of the last refusal. */
  code = '';

  /** @returns the envelope as it is then, or nothing where it was refused; `done` is said aloud. */
  async run(ask: () => Promise<Envelope>, done: string): Promise<Envelope | null> {
    if (this.busy) return null;
    this.busy = true;
    this.forget();
    try {
      const envelope = await ask();
      announce.say(done);
      return envelope;
    } catch (error) {
      this.trouble = sayTrouble(error);
      this.code = error instanceof Refusal ? error.code : '';
      // Beside the field is where it is said then; the sentence above would only say it twice.
      this.found = error instanceof Refusal ? error.findings.filter(({ pointer }) => /^\/(name|email|phone)$/.test(pointer)) : [];
      if (this.found.length > 0) this.trouble = '';
      return null;
    } finally {
      this.busy = false;
    }
  }

  forget(): void {
    this.trouble = '';
    this.found = [];
  }
}
