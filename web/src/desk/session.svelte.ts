import { deskApi, type Session } from '../api/desk.ts';
import { Refusal } from '../api/problem.ts';
import { router } from './router.svelte.ts';

const TEST_KEY = 'countersign.test';

/** What this tab keeps. A frame of another site may not be let at it. */
function kept(): boolean {
  try {
    return sessionStorage.getItem(TEST_KEY) === '1';
  } catch {
    return false;
  }
}

/** Who is at the desk. */
class Desk {
  state = $state<'loading' | 'out' | 'in' | 'unreachable'>('loading');
  session = $state.raw<Session | null>(null);
  /** Test mode: what is made and listed then is marked and leaves nothing to the outside. Kept for this tab. */
  test = $state(kept());

  async load(): Promise<void> {
    try {
      this.session = await deskApi.session();
      this.state = 'in';
    } catch (error) {
      this.state = error instanceof Refusal && error.status === 401 ? 'out' : 'unreachable';
    }
  }

  async signOut(): Promise<void> {
    await deskApi.signOut().catch(() => {});
    this.session = null;
    this.state = 'out';
  }

  setTest(on: boolean): void {
    this.test = on;
    sessionStorage.setItem(TEST_KEY, on ? '1' : '0');
  }

  /** The session ended while the page was open. Where something is being made, the page stays: signing in elsewhere mends it. */
  noteRefusal(error: unknown): void {
    const making = ['new', 'edit', 'sign-myself'].includes(router.route.screen);
    if (error instanceof Refusal && error.status === 401 && !making) this.state = 'out';
  }

  get user() {
    return this.session?.user ?? { id: '', name: '', email: '', role: 'member' as const };
  }

  /** Whether they look after people and keys; the server has the last word. */
  get admin(): boolean {
    return this.user.role !== 'member';
  }
}

export const desk = new Desk();
