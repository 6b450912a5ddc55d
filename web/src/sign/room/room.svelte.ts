import type { AddedFile, FieldGroup, KnownValue, Placeable, Placing, SignerDocument, SignerField, Visit } from '../../api/ceremony.ts';
import type { Box, Ink } from '../../api/shapes.ts';
import type { FirstSight } from '../../pdf/first-sight.svelte.ts';
import { Shelf, type Load } from '../../pdf/shelf.svelte.ts';
import { groupsOf } from '../fields/groups.ts';
import { isByHand } from '../fields/kinds.ts';
import { Sheet } from '../fields/sheet.ts';
import { inReadingOrder, isDone, next, open, required } from './guidance.ts';

type PlaceKind = 'signature' | 'initials';

/** How files of fields come and go; left out in the preview, where nothing goes anywhere. */
export interface FileCalls {
  add: (field: string, file: Blob, name: string, progress: (share: number) => void, signal: AbortSignal) => Promise<AddedFile>;
  read: (field: string) => Promise<Uint8Array<ArrayBuffer>>;
  remove: (field: string) => Promise<void>;
}

/** What is told to whoever keeps what is filled in. */
export interface Keeper {
  changed?: () => void;
  /** What they have placed themselves is another than it was. */
  placed?: () => void;
  /** The person has left a field that they changed. */
  left?: () => void;
  files?: FileCalls;
}

/**
 * What the person has before them: documents, fields, and what has been filled in. All of it stays in memory until
 * the server has said yes, so that no failure on the way loses a word. The preview uses the same class.
 */
export class Room {
  documents = $state.raw<Required<SignerDocument>[]>([]);
  /** Every field, there or not. */
  all = $state.raw<SignerField[]>([]);
  /** What the person may place themselves, where the sender left that to them. */
  placing = $state.raw<Placing | null>(null);
  /** What a tap on a page puts there. */
  tool = $state<Placeable | null>(null);
  /** What they placed is not with the server yet. */
  unplaced = $state(false);
  groups = $state.raw<FieldGroup[]>([]);
  known = $state.raw<KnownValue[]>([]);
  values = $state<Record<string, string>>({});
  files = $state<Record<string, AddedFile | undefined>>({});
  signature = $state.raw<Ink | null>(null);
  initials = $state.raw<Ink | null>(null);
  /** What the signature means, where the sender asks for that. */
  meaning = $state.raw<string | null>(null);
  /** The field that the person is at. */
  current = $state<string | null>(null);
  /** The field that is typed in large, beside the paper. */
  large = $state<string | null>(null);
  /** The field that they are changing: what is wrong with it is said when they leave it. */
  typing = $state<string | null>(null);
  /** Sentences of the server about single fields. */
  troubles = $state<Record<string, string>>({});
  readonly shelf: Shelf;

  /** Of all values as they are now: what it computes, it computes once. */
  readonly sheet = $derived.by(() => new Sheet(this.all, this.known, { ...this.values }));
  /** The fields that are there, in the order in which the person is led. */
  readonly fields = $derived.by(() => this.all.filter((field) => this.sheet.isThere(field)));
  /** The fields that the person placed themselves. */
  readonly placed = $derived.by(() => this.all.filter((field) => field.placed));
  /** They can say where they sign, and have not. They may finish all the same. */
  readonly awaitsPlace = $derived.by(
    () => (this.placing?.documents.some(({ takes }) => takes !== 'nothing') ?? false) && !this.placed.some(({ type }) => type === 'signature'),
  );
  readonly members = $derived.by(() => groupsOf(this.fields, this.groups));
  readonly open = $derived.by(() => open(this.fields, this));
  readonly required = $derived.by(() => required(this.fields, this));
  readonly currentField = $derived.by(() => this.fields.find((field) => field.id === this.current) ?? null);

  constructor(
    visit: Visit,
    load: Load,
    readonly keeper: Keeper = {},
    /** What is seen of the first page before the documents are there. */
    readonly sight: FirstSight | null = null,
  ) {
    this.shelf = new Shelf(load, sight?.settled);
    this.take(visit);
  }

  /** Takes documents and fields of a visit; what has been typed here wins over what the server remembers. */
  take(visit: Visit): void {
    this.documents = (visit.documents ?? []).map((document) => ({
      number: document.number,
      title: document.title,
      pages: document.pages ?? [],
      revision: document.revision ?? '',
    }));
    this.groups = visit.groups ?? [];
    this.known = visit.known ?? [];
    const begins = this.placing === null;
    this.placing = visit.placing ?? null;
    // What they placed and the server has not heard of wins over what it remembers.
    const fields = visit.fields ?? [];
    this.all = inReadingOrder(this.unplaced ? [...fields.filter((field) => !field.placed), ...this.placed] : fields);
    if (begins && this.placing?.documents.some(({ takes }) => takes !== 'nothing') && this.placed.length === 0) this.tool = 'signature';
    for (const field of this.all) {
      if (field.value !== null && field.value !== undefined && !(field.id in this.values)) this.values[field.id] = field.value;
      this.files[field.id] = field.file ?? undefined;
    }
  }

  /** Puts a field where the person wants it. */
  put(field: SignerField): void {
    this.all = inReadingOrder([...this.all, field]);
    this.tool = null;
    this.settled();
  }

  /** Moves it or changes its size, for as long as a finger is on it. */
  shift(id: string, box: Box): void {
    this.all = this.all.map((field) => (field.id === id ? { ...field, ...box } : field));
  }

  remove(id: string): void {
    this.all = this.all.filter((field) => field.id !== id);
    delete this.values[id];
    delete this.troubles[id];
    if (this.current === id) this.current = null;
    this.settled();
  }

  /** What was placed stays so for now, and is kept. */
  settled(): void {
    this.all = inReadingOrder(this.all);
    this.unplaced = true;
    this.keeper.placed?.();
  }

  isDone(field: SignerField): boolean {
    return isDone(field, this);
  }

  /** What stands in a field, computed where it is. */
  value(id: string): string {
    return this.sheet.value(id);
  }

  set(id: string, value: string): void {
    this.values[id] = value;
    this.typing = id;
    delete this.troubles[id];
    this.keeper.changed?.();
  }

  /** Ticks a box, or one of the buttons of a group, which lets the others go. */
  tick(field: SignerField, on: boolean): void {
    const others = this.all.filter((other) => other.group === field.group && other.group);
    for (const other of others) {
      delete this.troubles[other.id];
      if (field.type === 'radio' && on) this.values[other.id] = 'false';
    }
    this.set(field.id, String(on));
    // A tick is done at once, and nothing is half typed.
    this.leave(field.id);
  }

  /** The person goes on to something else. */
  leave(id: string): void {
    if (this.typing !== id) return;
    this.typing = null;
    this.keeper.left?.();
  }

  /** What is wrong with a field, once they have left it. */
  trouble(id: string): string | undefined {
    return this.typing === id ? undefined : this.troubles[id];
  }

  /** What is kept and sent: what is filled by hand. */
  sendable(): Record<string, string> {
    const byHand = this.all.filter((field) => isByHand(field) && this.values[field.id] !== undefined);
    return Object.fromEntries(byHand.map((field) => [field.id, this.values[field.id] ?? '']));
  }

  ink(kind: PlaceKind): Ink | null {
    return kind === 'signature' ? this.signature : this.initials;
  }

  adopt(kind: PlaceKind, ink: Ink): void {
    if (kind === 'signature') this.signature = ink;
    else this.initials = ink;
  }

  next(): SignerField | null {
    return next(this.fields, this, this.current);
  }

  revisions(): Record<string, string> {
    return Object.fromEntries(this.documents.map((document) => [String(document.number), document.revision]));
  }
}
