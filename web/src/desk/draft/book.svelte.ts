import { deskApi, type Envelope, type Upload } from '../../api/desk.ts';
import type { PhoneWarning } from '../../api/people.ts';
import { Refusal, Unreachable } from '../../api/problem.ts';
import { sayTrouble } from '../say-trouble.ts';
import { canBeKept, place as placeFinding, type Found } from './check.ts';
import { notePhones, noteTaken, phoneWarnings } from './convert-person.ts';
import { fromEnvelope, toDraft } from './convert.ts';
import { groupsInUse, unlinked } from './links.ts';
import { emptyPerson, newKey, type DraftContent, type DraftDocument, type DraftPerson, type DraftPlace } from './shape.ts';

const SAVE_AFTER_MS = 900;
/** A server that is away for a moment is asked again by itself, ever less often: nobody has to watch for its return. */
const SAVE_AGAIN_MS = 3_000;
const SAVE_AGAIN_AT_LEAST_MS = 60_000;
/** A browser sends no more than 64 kB for a page that is gone, and other requests share them. */
const KEEPALIVE_BYTES = 60_000;

/** The draft on the desk: what it holds, what is wrong with it, and whether it is saved. */
export class DraftBook {
  content = $state<DraftContent>() as DraftContent;
  id = $state<string | null>(null);
  version = $state(0);
  /** `incomplete`: something is half written, and is kept in the page until it is whole. */
  saving = $state<'clean' | 'waiting' | 'incomplete' | 'saving' | 'failed' | 'moved'>('clean');
  trouble = $state('');
  found = $state.raw<Found[]>([]);
  /** Why a code may not arrive at somebody's number, by their key, as of the last save. */
  phoneWarnings = $state.raw<Record<string, PhoneWarning>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;
  /** Whether anything was typed here. */
  #begun = false;
  /** How often in a row the server could not be asked. */
  #failures = 0;

  constructor(content: DraftContent) {
    this.content = content;
  }

  static of(envelope: Envelope): DraftBook {
    const book = new DraftBook(fromEnvelope(envelope));
    book.id = envelope.id;
    book.version = envelope.version;
    book.phoneWarnings = phoneWarnings(book.content.people, envelope.recipients);
    return book;
  }

  addDocument(upload: Upload): void {
    const title = upload.filename.replace(/\.(pdf|docx?|odt|rtf|xlsx?|ods|pptx|html?|png|jpe?g)$/i, '');
    this.content.documents.push({ key: newKey(), upload: upload.id, title, pages: upload.pages, signatures: upload.signatures, certification: upload.certification });
    if (this.content.title === '') this.content.title = title;
    this.changed();
  }

  /** One document in the place of all: fields stay on their pages. Those of later forms may have got other names. */
  combined(upload: Upload): void {
    const before = this.content.documents;
    const [first] = before;
    if (!first) return;
    const document: DraftDocument = { key: newKey(), upload: upload.id, title: first.title, pages: upload.pages, signatures: upload.signatures, certification: upload.certification, visibleTo: first.visibleTo };
    this.content.documents = [document];
    this.keepPlaces((place) => !place.form_field || place.document === first.key);
    let pages = 0;
    for (const one of before) {
      for (const place of this.content.places.filter((it) => it.document === one.key)) {
        place.document = document.key;
        place.page += pages;
        if (place.tag_text) place.tag_text = { ...place.tag_text, page: place.tag_text.page + pages };
      }
      pages += one.pages.length;
    }
    this.changed();
  }

  removeDocument(key: string): void {
    this.content.documents = this.content.documents.filter((document) => document.key !== key);
    this.keepPlaces((place) => place.document !== key);
    this.changed();
  }

  addPerson(person: DraftPerson = emptyPerson(this.content.language)): DraftPerson {
    this.content.people.push(person);
    this.changed();
    return person;
  }

  removePerson(key: string): void {
    this.content.people = this.content.people.filter((person) => person.key !== key);
    this.#forgetReaders();
    for (const person of this.content.people) {
      if (person.host === key) person.host = '';
      if (person.witnessOf === key) person.witnessOf = '';
    }
    this.keepPlaces((place) => place.person !== key);
    this.changed();
  }

  setPeople(people: DraftPerson[]): void {
    const kept = new Set(people.map((person) => person.key));
    this.content.people = people;
    this.#forgetReaders();
    this.keepPlaces((place) => place.person === '' || kept.has(place.person));
    this.changed();
  }

  addPlaces(places: DraftPlace[]): void {
    this.content.places.push(...places);
    this.changed();
  }

  editPlace(key: string, change: Partial<DraftPlace>): void {
    const place = this.content.places.find((one) => one.key === key);
    if (place) Object.assign(place, change);
    this.changed();
  }

  removePlaces(keys: ReadonlySet<string>): void {
    this.keepPlaces((place) => !keys.has(place.key));
    this.changed();
  }

  /** Who is gone sees nothing; a document that only they saw does not become everybody's. */
  #forgetReaders(): void {
    const there = new Set(this.content.people.map((person) => person.key));
    for (const document of this.content.documents) {
      if (document.visibleTo) document.visibleTo = document.visibleTo.filter((key) => there.has(key));
    }
  }

  /** What leaned on a field that is gone leans on nothing; groups without fields are gone as well. */
  private keepPlaces(stays: (place: DraftPlace) => boolean): void {
    this.content.places = unlinked(this.content.places.filter(stays));
    this.content.groups = groupsInUse(this.content.groups, this.content.places);
  }

  findings(kind: Found['where']['kind'], key?: string): Found[] {
    return this.found.filter(({ where }) => where.kind === kind && (key === undefined || ('key' in where && where.key === key)));
  }

  /** To be called after every change: what was found wrong is looked at again, and the draft is saved soon. */
  changed(): void {
    if (this.found.length > 0) this.found = [];
    this.#begun = true;
    // A draft begins with its first document; what was typed before is in the page alone.
    if ((!this.id && this.content.documents.length === 0) || this.saving === 'moved') return;
    if (this.saving === 'saving') this.#again = true;
    else this.saving = 'waiting';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** @returns whether the server has the draft as it is now. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.saving === 'saving') {
      this.#again = true;
      return false;
    }
    // An address that is half typed is not worth a request; it is saved when it is whole.
    if (!canBeKept(this.content)) {
      this.saving = 'incomplete';
      return false;
    }
    this.saving = 'saving';
    this.#again = false;
    try {
      const going = $state.snapshot(this.content) as DraftContent;
      const draft = toDraft(going, this.id ? this.version : undefined);
      const envelope = this.id ? await deskApi.save(this.id, draft) : await deskApi.create(draft);
      this.id = envelope.id;
      this.version = envelope.version;
      noteTaken(this.content.people, going.people);
      notePhones(this.content.people, going.people, envelope.recipients);
      this.phoneWarnings = phoneWarnings(going.people, envelope.recipients);
      this.trouble = '';
      this.#failures = 0;
      this.saving = 'clean';
    } catch (error) {
      this.#note(error);
      return false;
    }
    if (this.#again) return this.save();
    return true;
  }

  /**
   * The page is going: what the server does not have yet is sent in a way that outlives it. What is half typed, and what is
   * more than a browser sends that way, is asked for before the page closes (`atRisk`).
   */
  saveOnLeaving(): void {
    if (!this.id || this.saving !== 'waiting' || !this.#fitsKeepalive()) return;
    clearTimeout(this.#timer);
    this.saving = 'saving';
    const going = $state.snapshot(this.content) as DraftContent;
    // A page that comes back from the browser's memory goes on with the version that this made.
    deskApi.save(this.id, toDraft(going, this.version), true).then(
      (envelope) => {
        this.version = envelope.version;
        noteTaken(this.content.people, going.people);
        this.saving = 'clean';
        if (this.#again) void this.save();
      },
      (error: unknown) => this.#note(error),
    );
  }

  /** Whether closing the page now would lose something. */
  get atRisk(): boolean {
    if (!this.id && this.saving === 'clean') return this.#begun;
    if (this.saving === 'waiting') return !this.id || !this.#fitsKeepalive();
    return ['incomplete', 'failed', 'moved'].includes(this.saving) || (this.saving === 'saving' && this.#again);
  }

  #fitsKeepalive(): boolean {
    if (!canBeKept(this.content)) return false;
    return new TextEncoder().encode(JSON.stringify(toDraft($state.snapshot(this.content) as DraftContent, this.version))).length <= KEEPALIVE_BYTES;
  }

  /** Waits for a save that is under way, then saves what is left. */
  async settle(): Promise<boolean> {
    clearTimeout(this.#timer);
    for (let tries = 0; this.saving === 'saving' && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.saving === 'clean' && this.id ? true : this.save();
  }

  /** Someone changed the draft elsewhere: take theirs, or put ours over it. */
  async resolve(keep: 'mine' | 'theirs'): Promise<void> {
    if (!this.id) return;
    try {
      const envelope = await deskApi.get(this.id);
      this.version = envelope.version;
      this.trouble = '';
      this.saving = 'clean';
      if (keep === 'theirs') this.content = fromEnvelope(envelope);
      else await this.save();
    } catch (error) {
      this.#note(error);
    }
  }

  /** Takes a refusal apart: each finding goes to its thing, the rest becomes the sentence above. */
  takeRefusal(error: unknown): void {
    this.trouble = sayTrouble(error);
    if (error instanceof Refusal) this.found = error.findings.map((finding) => placeFinding(finding, this.content));
  }

  #note(error: unknown): void {
    const moved = error instanceof Refusal && error.code === 'draft_moved';
    this.takeRefusal(error);
    this.saving = moved ? 'moved' : 'failed';
    if (!mayPass(error)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.retry(), Math.min(SAVE_AGAIN_MS * 2 ** this.#failures, SAVE_AGAIN_AT_LEAST_MS));
    this.#failures += 1;
  }

  /** Saves what could not be saved: by itself after a while, or as soon as there is a network again. */
  async retry(): Promise<void> {
    if (this.saving === 'failed') await this.save();
  }
}

/** Whether the same request may succeed in a moment: what the rules refuse stays refused until something is changed. */
function mayPass(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refusal && (error.status >= 500 || error.status === 429));
}
