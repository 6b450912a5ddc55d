import type { SignerDocument, SignerField, Visit } from '../../api/ceremony.ts';
import type { Ink } from '../../api/shapes.ts';
import { Shelf, type Load } from '../../pdf/shelf.svelte.ts';
import { inReadingOrder, isDone, next, open } from './guidance.ts';

type PlaceKind = 'signature' | 'initials';

/**
 * What the person has before them: documents, fields, and what has been filled in. All of it stays in memory until
 * the server has said yes, so that no failure on the way loses a word. The preview uses the same class.
 */
export class Room {
  documents = $state.raw<Required<SignerDocument>[]>([]);
  fields = $state.raw<SignerField[]>([]);
  values = $state<Record<string, string>>({});
  signature = $state.raw<Ink | null>(null);
  initials = $state.raw<Ink | null>(null);
  /** What the signature means, where the sender asks for that. */
  meaning = $state.raw<string | null>(null);
  /** The field that the person is at. */
  current = $state<string | null>(null);
  /** Sentences of the server about single fields. */
  troubles = $state<Record<string, string>>({});
  readonly shelf: Shelf;

  readonly open = $derived.by(() => open(this.fields, this));
  readonly required = $derived.by(() => this.fields.filter((field) => field.required && field.type !== 'date_signed'));
  readonly currentField = $derived.by(() => this.fields.find((field) => field.id === this.current) ?? null);

  constructor(
    visit: Visit,
    load: Load,
    private readonly onchange: (values: Record<string, string>) => void = () => {},
  ) {
    this.shelf = new Shelf(load);
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
    this.fields = inReadingOrder(visit.fields ?? []);
    for (const field of this.fields) {
      if (field.value !== null && field.value !== undefined && !(field.id in this.values)) this.values[field.id] = field.value;
    }
  }

  isDone(field: SignerField): boolean {
    return isDone(field, this);
  }

  set(id: string, value: string): void {
    this.values[id] = value;
    delete this.troubles[id];
    this.onchange({ ...this.values });
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
