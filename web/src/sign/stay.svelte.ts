import { CeremonyApi, type Finished, type Visit } from '../api/ceremony.ts';
import { Refusal, Unreachable } from '../api/problem.ts';
import { language, t, tCode } from '../i18n/language.svelte.ts';
import { FirstSight } from '../pdf/first-sight.svelte.ts';
import { sightWidth } from '../pdf/sight-width.ts';
import type { Early } from './early.ts';
import { Room, type Keeper } from './room/room.svelte.ts';
import { breathe } from '../ui/breathe.ts';
import { asTrouble, fieldTrouble, fieldTroubles, inkTrouble, placedTroubles, sentence, type FinishTrouble } from './trouble.ts';

/** How long after the last key values are saved, and after a failure tried again. Each save is an entry in the record. */
const SAVE_AFTER_MS = 1500;
const SAVE_AGAIN_MS = 5000;

type Picture = NonNullable<Awaited<Early['picture']>>;

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
  /** A method of the chain was passed on this page. */
  proved = $state(false);
  /** What happened last happened here, rather than before the page was opened. */
  acted = $state(false);
  /** Whom they named in their place, and whether the sender is asked first. */
  delegated = $state.raw<{ name: string; asked: boolean } | null>(null);
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(token: string) {
    this.api = new CeremonyApi(token);
  }

  /** Opens the visit: the one that was asked for already, or one that is asked for now. */
  async load(early?: Early): Promise<void> {
    this.busy = true;
    try {
      const visit = await (early?.visit ?? this.api.visit());
      await breathe();
      await this.#take(visit, (await early?.picture) ?? undefined);
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
      await this.#keepPlaces(room);
      this.finished = await this.api.finish({
        agreed: true,
        signature: room.signature,
        initials: room.initials,
        values: room.sendable(),
        revisions: room.revisions(),
        meaning: room.meaning,
      });
      this.acted = true;
      room.shelf.close();
      return null;
    } catch (error) {
      if (await this.#hasMovedOn(error)) return null;
      if (error instanceof Refusal && error.code === 'revision_moved') return await this.#reread(room);
      if (error instanceof Refusal && error.code === 'authentication_outdated') return await this.#proveAgain();
      if (error instanceof Refusal && error.findings.some(({ pointer }) => pointer === '/meaning')) {
        room.meaning = null;
        return { kind: 'meaning' };
      }
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
      this.acted = true;
      if (this.visit) this.visit = { ...this.visit, state: 'declined' };
      return '';
    } catch (error) {
      if (await this.#hasMovedOn(error)) return '';
      return sentence(error);
    } finally {
      this.busy = false;
    }
  }

  /** They have shown who they are, or one part of it. */
  async admit(visit: Visit): Promise<void> {
    this.proved = true;
    await this.#take(visit);
  }

  /** @returns the sentence to show, or an empty text when the agreement is taken back. */
  async withdrawConsent(): Promise<string> {
    this.busy = true;
    try {
      await this.#take(await this.api.withdrawConsent());
      return '';
    } catch (error) {
      if (await this.#hasMovedOn(error)) return '';
      return sentence(error);
    } finally {
      this.busy = false;
    }
  }

  /** @returns sentences by what they are about, none when it worked. */
  async delegate(to: { name: string; email: string; reason: string }): Promise<Record<string, string>> {
    this.busy = true;
    try {
      const visit = await this.api.delegate(to);
      clearTimeout(this.#saving);
      this.delegated = { name: to.name.trim(), asked: visit.recipient.email !== to.email.trim() };
      return {};
    } catch (error) {
      if (await this.#hasMovedOn(error)) return {};
      const found = error instanceof Refusal ? error.findings : [];
      const troubles = found.map(({ pointer, code }) => [pointer.slice(1), tCode('delegate.trouble', code ?? '', t('trouble.general'))]);
      return troubles.length > 0 ? Object.fromEntries(troubles) : { '': sentence(error) };
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

  async #take(visit: Visit, picture?: Picture): Promise<void> {
    await language.prefer(visit.language, ...navigator.languages);
    this.trouble = null;
    if (visit.state === 'ready') {
      if (this.room) this.room.take(visit);
      else this.room = this.#newRoom(visit, picture);
    }
    this.visit = visit;
  }

  #newRoom(visit: Visit, early?: Picture): Room {
    const first = visit.documents?.[0]?.number;
    const picture = (number: number) => (early?.document === number ? early.blob : this.api.picture(number, 1, sightWidth(innerWidth)));
    const sight = first === undefined ? null : new FirstSight(() => picture(first), first);
    const keeper: Keeper = {
      changed: () => this.#saveSoon(),
      left: () => void this.flush(),
      placed: () => this.#saveSoon(),
      files: {
        add: (field, file, name, progress, signal) => this.api.addFile(field, file, name, progress, signal),
        read: (field) => this.api.file(field),
        remove: (field) => this.api.removeFile(field),
      },
    };
    return new Room(visit, (number, progress) => this.api.document(number, progress), keeper, sight);
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

  /** 21 CFR 11.200: the server says by which method. */
  async #proveAgain(): Promise<FinishTrouble> {
    try {
      await this.#take(await this.api.visit());
      return { kind: 'proof' };
    } catch (error) {
      return { kind: 'text', text: sentence(error), retry: true };
    }
  }

  /** Refusals that mean "this is over or not begun": the page shows where things stand now. */
  async #hasMovedOn(error: unknown): Promise<boolean> {
    const moved = [
      'already_acted',
      'already_finishing',
      'authentication_missing',
      'consent_missing',
      'envelope_ended',
      'link_ended',
      'link_unknown',
      'not_sent',
      'other_act',
      'recipient_locked',
      'recipient_out_of_turn',
      'recipient_released',
      'recipient_removed',
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
    const values = room.sendable();
    try {
      await this.#keepPlaces(room);
      await this.#saveWhatIsRight(room, values);
      // What was typed while this was on its way is saved by a later one.
      if (Object.entries(room.sendable()).every(([id, value]) => values[id] === value)) this.unsaved = false;
    } catch (error) {
      // That it is over is told when they finish: a page that vanished under their fingers would frighten.
      if (error instanceof Unreachable) this.#saveSoon(SAVE_AGAIN_MS);
    }
  }

  /** Where fields stand comes before what is filled into them. */
  async #keepPlaces(room: Room): Promise<void> {
    if (!room.unplaced) return;
    const placed = room.placed;
    try {
      await this.api.placeFields(placed);
      // What was moved while this was on its way is kept by a later one.
      if (room.placed === placed) room.unplaced = false;
    } catch (error) {
      placedTroubles(error, room, placed);
      throw error;
    }
  }

  /** One wrong value must not keep the others from being saved: it is shown at its field, and the rest goes once more. */
  async #saveWhatIsRight(room: Room, values: Record<string, string>): Promise<void> {
    try {
      await this.api.saveValues(values);
    } catch (error) {
      const wrong = fieldTroubles(error, room);
      const rest = Object.entries(values).filter(([id]) => !wrong.includes(id));
      if (wrong.length === 0) throw error;
      if (rest.length > 0) await this.api.saveValues(Object.fromEntries(rest));
    }
  }
}
