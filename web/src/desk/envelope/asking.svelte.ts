import { Refusal, type Finding } from '../../api/problem.ts';
import { announce } from '../../ui/announce.svelte.ts';
import { sayTrouble } from '../say-trouble.ts';

/** One thing asked of the server at a time, and what became of it; `fields` is what its form has a place for. */
export class Asking {
  busy = $state(false);
  trouble = $state('');
  found = $state.raw<Finding[]>([]);
  /** The code of the last refusal. */
  code = '';

  constructor(readonly fields: readonly string[] = ['name', 'email', 'phone']) {}

  /** @returns what came back, or nothing where it was refused; `done` is said aloud. */
  async run<T>(ask: () => Promise<T>, done: string): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.forget();
    try {
      const answer = await ask();
      announce.say(done);
      return answer;
    } catch (error) {
      this.trouble = sayTrouble(error);
      this.code = error instanceof Refusal ? error.code : '';
      // Beside the field is where it is said then; the sentence above would only say it twice.
      this.found = error instanceof Refusal ? error.findings.filter(({ pointer }) => this.fields.includes(pointer.slice(1))) : [];
      if (this.found.length > 0) this.trouble = '';
      return null;
    } finally {
      this.busy = false;
    }
  }

  wrong(field: string): 'true' | undefined {
    return this.found.some(({ pointer }) => pointer === `/${field}`) ? 'true' : undefined;
  }

  forget(): void {
    this.trouble = '';
    this.found = [];
  }
}
