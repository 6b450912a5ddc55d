import { CeremonyApi, type Finished, type Visit } from '../api/ceremony.ts';
import { Refusal, Unreachable } from '../api/problem.ts';
import { language, t, tCode } from '../i18n/language.svelte.ts';
import { Room } from './room/room.svelte.ts';

/** How long after the last key values are saved, and after a failure tried again. Each save is an entry in the record. */
const SAVE_AFTER_MS = 1500;
const SAVE_AGAIN_MS = 5000;

export type FinishTrouble =
  | { kind: 'ink'; ink: 'signature' | 'initials'; tab: 'draw' | 'upload'; text: string }
  | { kind: 'field'; field: string; text: string }
  | { kind: 'text'; text: string; retry: boolean };

/** One person's stay on the page: what the server last said, and what they have done since. */
export class Stay {
  readonly api: CeremonyApi;
  visit = $state.raw<Visit | null>(null);
  /** Why there is no visit to show. */
  trouble = $state.raw<Refusal | Unreachable | null>(null);
  room = $state.raw<Room | null>(null);
  finished = $state.raw<Finished | null>(null);
  busy = $state(false);
  unsaved = $state(false);
  renewed = $state(false);
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(token: string) {
    this.api = new CeremonyApi(token);
  }

  async load(): Promise<void> {
    this.busy = true;
    try {
      await this.#take(await this.api.visit());
    } catch (error) {
      this.trouble = asTrouble(error);
    }
    this.busy = false;
  }

  /** @returns the sentence to show, or an empty text when the document is being opened. */
  async consent(version: string): Promise<string> {
    this.busy = true;
    try {
      await this.#take(await this.api.consent(version));
      return '';
    } catch (error) {
      if (await this.#hasMovedOn(error)) return '';
      // The text to agree to was replaced meanwhile: the new one is shown, and asked about.
      if (error instanceof Refusal && error.code === 'consent_moved') await this.load();
      return sentence(error);
    } finally {
      this.busy = false;
    }
  }

  async finish(): Promise<FinishTrouble | null> {
    const room = this.room;
    if (!room || this.busy) return null;
    this.busy = true;
    clearTimeout(this.#saving);
    room.troubles = {};
    try {
      this.finished = await this.api.finish({
        agreed: true,
        signature: room.signature,
        initials: room.initials,
        values: $state.snapshot(room.values),
        revisions: room.revisions(),
      });
      room.shelf.close();
      return null;
    } catch (error) {
      if (await this.#hasMovedOn(error)) return null;
      if (error instanceof Refusal && error.code === 'revision_moved') return await this.#reread(room);
      return inkTrouble(error) ?? fieldTrouble(error, room) ?? { kind: 'text', text: sentence(error), retry: true };
    } finally {
      this.busy = false;
    }
  }

  async decline(reason: string): Promise<string> {
    this.busy = true;
    try {
      await this.api.decline(reason);
      clearTimeout(this.#saving);
      if (this.visit) this.visit = { ...this.visit, state: 'declined' };
      return '';
    } catch (error) {
      if (await this.#hasMovedOn(error)) return '';
      return sentence(error);
    } finally {
      this.busy = false;
    }
  }

  async renew(): Promise<void> {
    this.busy = true;
    try {
      await this.api.renew();
      this.renewed = true;
    } catch (error) {
      this.trouble = asTrouble(error);
    }
    this.busy = false;
  }

  async #take(visit: Visit): Promise<void> {
    await language.prefer(visit.language, ...navigator.languages);
    this.trouble = null;
    if (visit.state === 'ready') {
      if (this.room) this.room.take(visit);
      else this.room = new Room(visit, (number, progress) => this.api.document(number, progress), () => this.#saveSoon());
    }
    this.visit = visit;
  }

  /** Someone signed meanwhile: the pages are fetched anew, everything typed and drawn stays. */
  async #reread(room: Room): Promise<FinishTrouble> {
    try {
      await this.#take(await this.api.visit());
      await room.shelf.reload();
      return { kind: 'text', text: t('trouble.revision_moved'), retry: false };
    } catch (error) {
      return { kind: 'text', text: sentence(error), retry: true };
    }
  }

  /** Refusals that mean "this is over or not begun": the page shows where things stand now. */
  async #hasMovedOn(error: unknown): Promise<boolean> {
    const moved = [
      'already_acted',
      'already_finishing',
      'consent_missing',
      'envelope_ended',
      'link_ended',
      'link_unknown',
      'not_sent',
      'recipient_out_of_turn',
    ];
    if (!(error instanceof Refusal) || !moved.includes(error.code)) return false;
    await this.load();
    return true;
  }

  /** Saves at once what has not been saved: a phone may end a page that is out of sight. */
  async flush(): Promise<void> {
    clearTimeout(this.#saving);
    if (this.unsaved && this.visit?.state === 'ready') await this.#save();
  }

  #saveSoon(after = SAVE_AFTER_MS): void {
    this.unsaved = true;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.#save(), after);
  }

  async #save(): Promise<void> {
    const room = this.room;
    if (!room || this.finished) return;
    try {
      await this.api.saveValues($state.snapshot(room.values));
      this.unsaved = false;
    } catch (error) {
      if (error instanceof Unreachable) this.#saveSoon(SAVE_AGAIN_MS);
      else fieldTrouble(error, room);
    }
  }
}

function asTrouble(error: unknown): Refusal | Unreachable {
  if (error instanceof Refusal || error instanceof Unreachable) return error;
  console.error(error);
  return new Refusal(500, 'page_fault', '');
}

function sentence(error: unknown): string {
  if (error instanceof Unreachable) return t('trouble.unreachable');
  if (error instanceof Refusal) return tCode('trouble', error.code, error.detail || t('trouble.general'));
  console.error(error);
  return t('trouble.general');
}

const INK_CODES = ['text_not_drawable', 'image_unreadable', 'ink_empty', 'ink_too_large'];

/** A signature that the server could not draw or read: which one, and what to offer instead. */
function inkTrouble(error: unknown): FinishTrouble | null {
  if (!(error instanceof Refusal)) return null;
  const finding = error.findings.find(({ pointer }) => /^\/(signature|initials)/.test(pointer));
  const inValue = error.findings.some(({ pointer }) => pointer.startsWith('/values/'));
  const code = finding?.code ?? error.code;
  if (!finding && (inValue || !INK_CODES.includes(code))) return null;
  const ink = finding?.pointer.startsWith('/initials') ? 'initials' : 'signature';
  const text = tCode('trouble', code, finding?.detail ?? error.detail);
  return { kind: 'ink', ink, tab: code.startsWith('image') ? 'upload' : 'draw', text };
}

/** Findings about single fields are shown at the fields; the first of them is where the person is led. */
function fieldTrouble(error: unknown, room: Room): FinishTrouble | null {
  if (!(error instanceof Refusal)) return null;
  let first: string | null = null;
  for (const finding of error.findings) {
    const id = /^\/values\/(.+)$/.exec(finding.pointer)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    const field = room.fields.find((one) => one.id === id);
    if (!field) continue;
    room.troubles[field.id] = tCode('trouble.value', finding.code ?? error.code, finding.detail);
    first ??= field.id;
  }
  return first === null ? null : { kind: 'field', field: first, text: room.troubles[first] ?? '' };
}
