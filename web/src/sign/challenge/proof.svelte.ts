import type { Begun, CeremonyApi, Challenge, Device, Visit } from '../../api/ceremony.ts';
import { Refusal, Unreachable } from '../../api/problem.ts';
import { secondsUntil } from '../../api/server-time.ts';
import { t, tCode, tn } from '../../i18n/language.svelte.ts';
import { announce } from '../../ui/announce.svelte.ts';
import { bareCode, codeLength } from './code.ts';
import { remember, troubleElsewhere } from './elsewhere.ts';
import { provePasskey } from './passkey.ts';

/** One method of the chain, from its first screen to the right answer. */
export class Proof {
  challenge = $state.raw<Challenge>()!;
  device = $state.raw<Device | null>(null);
  trouble = $state('');
  busy = $state(false);
  /** Seconds until a new code can be asked for. */
  wait = $state(0);
  #ticking: ReturnType<typeof setInterval> | undefined;
  #waited = false;

  constructor(
    private readonly api: CeremonyApi,
    challenge: Challenge,
    private readonly passed: (visit: Visit) => void,
    /** The server's state is another one than this page thinks: it is read again. */
    private readonly moved: () => Promise<void>,
    private readonly leave: (address: string) => void = (address) => location.assign(address),
  ) {
    this.#take(challenge);
  }

  /** Sends a code by mail or telephone. */
  async send(): Promise<void> {
    const begun = await this.#try(() => this.api.begin(this.challenge.method));
    if (!begun?.challenge) return;
    this.#take(begun.challenge);
    announce.say(t('proof.sent'));
  }

  /** Asks what an app or a passkey needs. */
  async prepare(): Promise<void> {
    const begun: Begun | undefined = await this.#try(() => this.api.begin(this.challenge.method));
    if (begun) this.device = begun.device;
  }

  async answer(typed: string): Promise<void> {
    const { method } = this.challenge;
    const said = codeLength(method) === null ? typed : bareCode(typed);
    if (said.trim() === '') this.trouble = t('proof.empty');
    else await this.#say(said);
  }

  async usePasskey(): Promise<void> {
    const { device } = this;
    if (device?.kind !== 'passkey' && device?.kind !== 'new_passkey') return;
    this.trouble = '';
    let said: string;
    this.busy = true;
    try {
      said = await provePasskey(device.options, device.kind === 'new_passkey');
    } catch {
      this.trouble = t('proof.passkey.stopped');
      return;
    } finally {
      this.busy = false;
    }
    await this.#say(said);
    // What was prepared is good once, also where the answer was wrong.
    if (this.trouble) {
      const kept = this.trouble;
      await this.prepare();
      this.trouble = kept;
    }
  }

  /** Goes to the identity provider; the page is left. */
  async goElsewhere(): Promise<void> {
    const begun = await this.#try(() => this.api.begin('oidc'));
    if (!begun?.sign_in) return;
    if (!remember(begun.sign_in, this.api.token)) {
      this.trouble = t('proof.trouble.oidc_no_memory');
      return;
    }
    // Nobody presses twice while the other page is on its way.
    this.busy = true;
    this.leave(begun.sign_in);
  }

  /** The browser came back with this answer. */
  async comeBack(query: string): Promise<void> {
    await this.#say(query);
  }

  /** The page is shown again as it was left: somebody went back. */
  stay(): void {
    this.busy = false;
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  async #say(said: string): Promise<void> {
    const visit = await this.#try(() => this.api.answer(this.challenge.method, said));
    if (visit) this.passed(visit);
  }

  #take(challenge: Challenge): void {
    this.challenge = challenge;
    this.stop();
    const look = () => {
      this.wait = secondsUntil(challenge.next_code_at);
      if (this.wait > 0) return;
      this.stop();
      if (this.#waited) void this.#lookAgain();
    };
    this.#waited = false;
    look();
    this.#waited = this.wait > 0;
    if (this.#waited) this.#ticking = setInterval(look, 1000);
  }

  /** Once a new code can be asked for, it is looked once whether the last one got lost on its way. */
  async #lookAgain(): Promise<void> {
    try {
      const { challenge } = await this.api.visit();
      if (challenge?.method !== this.challenge.method || !challenge.undelivered) return;
      this.challenge = { ...this.challenge, undelivered: true };
    } catch {
      // Nobody asked for this; what is asked for next says what is wrong.
    }
  }

  async #try<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.trouble = '';
    try {
      return await ask();
    } catch (error) {
      await this.#refused(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  get #provider() {
    return { provider: this.challenge.destination || t('proof.oidc.nameless') };
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof Refusal && error.code === 'answer_wrong') {
      const left = error.attemptsLeft ?? 0;
      if (left === 0) return this.moved();
      this.challenge = { ...this.challenge, attempts_left: left };
      this.trouble = this.challenge.method === 'oidc' ? tn('proof.wrong_person', left, this.#provider) : tn('proof.wrong', left);
      return;
    }
    const elsewhere = error instanceof Refusal && this.challenge.method === 'oidc' ? troubleElsewhere(error.code) : null;
    if (elsewhere) {
      this.trouble = t(`proof.trouble.${elsewhere}`, this.#provider);
      return;
    }
    if (error instanceof Refusal && error.code === 'code_expired') {
      this.#take({ ...this.challenge, code_sent_at: null });
      this.trouble = t('proof.trouble.code_expired');
      return;
    }
    if (error instanceof Refusal && ['telephone_allowance_used', 'too_many_requests', 'passkey_public_url'].includes(error.code)) {
      this.trouble = tCode('proof.trouble', error.code, t('proof.trouble.general'));
      return;
    }
    if (error instanceof Refusal && error.status < 500) return this.moved();
    this.trouble = error instanceof Unreachable ? t('proof.trouble.unreachable') : t('proof.trouble.general');
    if (!(error instanceof Refusal || error instanceof Unreachable)) console.error(error);
  }
}
