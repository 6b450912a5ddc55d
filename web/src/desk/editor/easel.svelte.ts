import { SvelteSet } from 'svelte/reactivity';
import { deskApi } from '../../api/desk.ts';
import type { FieldGroup } from '../../api/fields.ts';
import { takesFields } from '../../api/people.ts';
import type { Box, FieldType, PageSize } from '../../api/shapes.ts';
import { t } from '../../i18n/language.svelte.ts';
import { boxAround, freeBox, keepOnPage } from '../../pdf/geometry.ts';
import { Shelf } from '../../pdf/shelf.svelte.ts';
import type { DraftBook } from '../draft/book.svelte.ts';
import { personColour } from '../draft/colours.ts';
import { firstMore, nothingMore } from '../draft/field-more.ts';
import { firstRequired, isNobodys, kindsFor } from '../draft/kinds.ts';
import { newFieldId, newKey, type DraftPlace } from '../draft/shape.ts';
import { copiesOf, freeGroup, type Copied } from './clipboard.ts';
import { History } from './history.ts';
import { refusalOf } from './may-be-placed.ts';
import type { Keys } from './selection.ts';

interface State {
  places: DraftPlace[];
  groups: FieldGroup[];
}

/** What is in hand while fields are being placed: the draft's fields, which of them are chosen, and the way back. */
export class Easel {
  /** The kind that the next click on a page places. */
  armed = $state<FieldType | null>(null);
  person = $state('');
  selection = $state.raw<Keys>(new Set());
  /** The field that was taken in hand last: the others are made as large as it. */
  lead = $state<string | null>(null);
  /** Fields are being added to the selection by the keyboard. */
  adding = $state(false);
  /** The page in the middle of the screen. */
  at = $state({ document: 1, page: 1 });
  /** Documents whose signatures forbid more are told of once. */
  readonly told = new SvelteSet<string>();
  readonly shelf: Shelf;
  steps = $state({ undo: false, redo: false });
  #history = new History<State>();
  #of: unknown;
  #copied: DraftPlace[] = [];

  constructor(readonly book: DraftBook) {
    this.person = this.people[0]?.key ?? '';
    this.#of = book.content;
    this.shelf = new Shelf((number, progress) => {
      const upload = book.content.documents[number - 1]?.upload ?? '';
      return deskApi.uploadContent(upload, progress);
    });
  }

  /** Those who can have fields. */
  get people() {
    return this.book.content.people.filter((person) => takesFields(person.role));
  }

  get types(): FieldType[] {
    return kindsFor(this.book.content.people.find((one) => one.key === this.person)?.role ?? 'signer');
  }

  get chosen(): DraftPlace[] {
    return this.book.content.places.filter((place) => this.selection.has(place.key));
  }

  /** Documents as the page list wants them; their numbers are their places in the draft. */
  get documents() {
    return this.book.content.documents.map((document, index) => ({ number: index + 1, title: document.title, pages: document.pages }));
  }

  placesOn(document: number, page: number): DraftPlace[] {
    const key = this.book.content.documents[document - 1]?.key;
    return this.book.content.places.filter((place) => place.document === key && place.page === page);
  }

  numberOf(place: DraftPlace): number {
    return this.book.content.documents.findIndex(({ key }) => key === place.document) + 1;
  }

  sizeOf(place: Pick<DraftPlace, 'document' | 'page'>): PageSize {
    const document = this.book.content.documents.find(({ key }) => key === place.document);
    return document?.pages[place.page - 1] ?? { width: 595, height: 842 };
  }

  colourOf(person: string): string {
    return person === '' ? '#4a4f57' : personColour(Math.max(0, this.personNumber(person) - 1));
  }

  /** From 1; a mark beside the colour, which not everybody can tell apart. */
  personNumber(person: string): number {
    return this.book.content.people.findIndex((one) => one.key === person) + 1;
  }

  nameOf(person: string): string {
    if (person === '') return t('desk.editor.nobody');
    const one = this.book.content.people.find((other) => other.key === person);
    return (one?.vacant ? one.placeholder : one?.name || one?.email) || '';
  }

  choose(keys: Keys, lead: string | null = [...keys].at(-1) ?? null): void {
    this.selection = keys;
    this.lead = lead !== null && keys.has(lead) ? lead : ([...keys].at(-1) ?? null);
    this.#history.seal();
  }

  only(key: string): void {
    this.adding = false;
    this.choose(new Set([key]), key);
  }

  /** Every change of fields goes through here, so that it can be taken back. `tag`: with the one before, one step. */
  change<R>(tag: string | null, make: () => R): R {
    if (this.#of !== this.book.content) {
      // The draft was taken anew from the server: what was before it is no way back.
      this.#history.clear();
      this.#of = this.book.content;
    }
    this.#history.record(tag, () => this.#now());
    const made = make();
    this.#tell();
    return made;
  }

  undo = (): boolean => this.#turn('undo');
  redo = (): boolean => this.#turn('redo');

  #turn(way: 'undo' | 'redo'): boolean {
    if (this.#of !== this.book.content) return false;
    const state = this.#history[way](() => this.#now());
    if (!state) return false;
    // A copy: what is in the history must not change with the draft.
    const { places, groups } = structuredClone(state);
    this.book.content.places = places;
    this.book.content.groups = groups;
    const there = new Set(places.map(({ key }) => key));
    this.choose(new Set([...this.selection].filter((key) => there.has(key))));
    this.book.changed();
    this.#tell();
    return true;
  }

  #now(): State {
    return { places: $state.snapshot(this.book.content.places) as DraftPlace[], groups: $state.snapshot(this.book.content.groups) };
  }

  #tell(): void {
    this.steps = { undo: this.#history.canUndo, redo: this.#history.canRedo };
  }

  /** Puts a field with its middle at a point of a page, or where there is room, and takes it in hand. */
  put(type: FieldType, document: number, page: number, point: { x: number; y: number } | null, size: PageSize): DraftPlace | null {
    if (!this.allows(type, document)) return null;
    const box = point
      ? boxAround(type, point.x, point.y, size)
      : freeBox(boxAround(type, size.width / 2, size.height / 2, size), this.placesOn(document, page), size);
    const [place] = this.add([{ type, document, page, box }]);
    this.armed = null;
    return place ?? null;
  }

  /** Adds fields as one step: from the palette, from places of a text, from a form. */
  add(wished: { type: FieldType; document: number; page: number; box: Box; more?: Partial<DraftPlace> }[], groups: FieldGroup[] = []): DraftPlace[] {
    const made = wished.flatMap(({ type, document, page, box, more }) => {
      const key = this.book.content.documents[document - 1]?.key;
      if (!key || (!this.person && !isNobodys(type))) return [];
      const place: DraftPlace = {
        ...nothingMore(),
        ...firstMore(type, t('desk.editor.first_words'), (number) => t('desk.editor.first_option', { number })),
        key: newKey(),
        id: newFieldId(),
        type,
        person: isNobodys(type) ? '' : this.person,
        document: key,
        page,
        required: firstRequired(type),
        label: '',
        ...(this.#invisible(type, document) ? { x: 0, y: 0, width: 0, height: 0 } : box),
        ...more,
      };
      if (type === 'radio' && place.group === null) place.group = this.#radioGroup(place);
      return [place];
    });
    if (made.length === 0) return [];
    this.change(null, () => {
      this.book.content.groups.push(...groups);
      this.book.addPlaces(made);
    });
    this.choose(new Set(made.map(({ key }) => key)));
    return made;
  }

  /** A new button joins the group that this person's button on this page was put into last. */
  #radioGroup(place: DraftPlace): string {
    const mine = this.book.content.places.findLast((one) => one.type === 'radio' && one.person === place.person && one.document === place.document && one.page === place.page);
    return mine?.group ?? this.freeGroup();
  }

  freeGroup(): string {
    const { groups, places } = this.book.content;
    return freeGroup([...groups.map(({ key }) => key), ...places.map(({ group }) => group ?? '')]);
  }

  #invisible(type: FieldType, document: number): boolean {
    return type === 'signature' && this.book.content.documents[document - 1]?.certification === 'fill_forms';
  }

  /** Whether the rules take such a field there. */
  allows(type: FieldType, document: number): boolean {
    return (isNobodys(type) || this.types.includes(type)) && this.refusal(type, document) === null;
  }

  /** Why a document takes no such field, as the key of a sentence. */
  refusal(type: FieldType, document: number) {
    const one = this.book.content.documents[document - 1];
    return one ? refusalOf(type, one, this.person, this.book.content.places) : null;
  }

  edit(keys: Iterable<string>, change: Partial<DraftPlace> | ((place: DraftPlace) => Partial<DraftPlace>), tag: string | null = null): void {
    const wanted = new Set(keys);
    this.change(tag && `${tag} ${[...wanted].join(' ')}`, () => {
      for (const place of this.book.content.places) {
        if (wanted.has(place.key)) this.book.editPlace(place.key, typeof change === 'function' ? change(place) : change);
      }
    });
  }

  /** Another person for fields; the boxes of a group stay together. */
  give(keys: Iterable<string>, person: string): void {
    const wanted = new Set(keys);
    const { places } = this.book.content;
    const groups = new Set(places.filter(({ key, group }) => wanted.has(key) && group !== null).map(({ group }) => group));
    const all = places.filter((place) => !isNobodys(place.type) && (wanted.has(place.key) || groups.has(place.group)));
    this.edit(all.map(({ key }) => key), { person });
  }

  setGroups(groups: FieldGroup[], tag: string | null = null): void {
    this.change(tag, () => {
      this.book.content.groups = groups;
      this.book.changed();
    });
  }

  remove(keys: Keys): void {
    if (keys.size === 0) return;
    this.change(null, () => this.book.removePlaces(keys));
    this.choose(new Set([...this.selection].filter((key) => !keys.has(key))));
  }

  copy(): number {
    this.#copied = $state.snapshot(this.chosen) as DraftPlace[];
    return this.#copied.length;
  }

  /** Puts what was copied onto the page in view. */
  paste(): DraftPlace[] {
    const document = this.book.content.documents[this.at.document - 1];
    const first = this.#copied[0];
    const size = document?.pages[this.at.page - 1];
    if (!document || !first || !size) return [];
    const same = first.document === document.key && first.page === this.at.page;
    return this.#add(copiesOf(this.#copied, this.book.content.places, this.book.content.groups, {
      document: document.key,
      page: this.at.page,
      size,
      ...(same ? { dx: 12, dy: 12 } : {}),
    }));
  }

  /** Copies below the fields, on their own pages. */
  duplicate(): DraftPlace[] {
    const { places, groups } = this.book.content;
    const chosen = $state.snapshot(this.chosen) as DraftPlace[];
    if (chosen.length === 0) return [];
    const below = Math.max(...chosen.map((place) => place.height)) + 6;
    return this.#add(copiesOf(chosen, places, groups, { size: this.sizeOf(chosen[0]!), dx: 12, dy: below }));
  }

  /** The same fields on every other page of their document. */
  copyToAllPages(): DraftPlace[] {
    const chosen = $state.snapshot(this.chosen) as DraftPlace[];
    const made: Copied = { places: [], groups: [] };
    for (const document of this.book.content.documents) {
      const mine = chosen.filter((place) => place.document === document.key && this.refusal(place.type, this.numberOf(place)) === null);
      if (mine.length === 0) continue;
      document.pages.forEach((size, index) => {
        const here = mine.filter((place) => place.page !== index + 1);
        if (here.length === 0) return;
        const copy = copiesOf(here, [...this.book.content.places, ...made.places], [...this.book.content.groups, ...made.groups], { page: index + 1, size });
        made.places.push(...copy.places);
        made.groups.push(...copy.groups);
      });
    }
    return this.#add(made);
  }

  #add({ places, groups }: Copied): DraftPlace[] {
    const kept = places.filter((place) => this.refusal(place.type, this.numberOf(place)) === null);
    if (kept.length === 0) return [];
    this.change(null, () => {
      this.book.content.groups.push(...groups);
      this.book.addPlaces(kept);
    });
    this.choose(new Set(kept.map(({ key }) => key)));
    return kept;
  }

  /** New places for fields, kept on their pages; one step. */
  place(boxes: (Box & { key: string })[], tag: string | null = null): void {
    const to = new Map(boxes.map((box) => [box.key, box]));
    this.edit(to.keys(), (place) => {
      const { x, y, width, height } = to.get(place.key)!;
      return keepOnPage({ x, y, width, height }, this.sizeOf(place));
    }, tag);
  }
}
