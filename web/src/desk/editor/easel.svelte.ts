import { deskApi } from '../../api/desk.ts';
import { signs, takesFields } from '../../api/people.ts';
import type { FieldType, PageSize } from '../../api/shapes.ts';
import { boxAround, freeBox, keepOnPage } from '../../pdf/geometry.ts';
import { Shelf } from '../../pdf/shelf.svelte.ts';
import type { DraftBook } from '../draft/book.svelte.ts';
import { personColour } from '../draft/colours.ts';
import type { DraftPlace } from '../draft/shape.ts';

export const FIELD_TYPES: FieldType[] = ['signature', 'initials', 'date_signed', 'text', 'checkbox'];

/** What is in hand while fields are being placed. */
export class Easel {
  /** The kind that the next click on a page places. */
  armed = $state<FieldType | null>(null);
  person = $state('');
  selected = $state<string | null>(null);
  readonly shelf: Shelf;

  constructor(readonly book: DraftBook) {
    this.person = this.signers[0]?.key ?? '';
    this.shelf = new Shelf((number, progress) => {
      const upload = book.content.documents[number - 1]?.upload ?? '';
      return deskApi.uploadContent(upload, progress);
    });
  }

  get signers() {
    return this.book.content.people.filter((person) => takesFields(person.role));
  }

  /** What the person whose fields are being placed can have: who only fills in signs nowhere. */
  get types(): FieldType[] {
    const role = this.book.content.people.find((one) => one.key === this.person)?.role ?? 'signer';
    return FIELD_TYPES.filter((type) => signs(role) || (type !== 'signature' && type !== 'initials'));
  }

  get selectedPlace(): DraftPlace | null {
    return this.book.content.places.find((place) => place.key === this.selected) ?? null;
  }

  /** Documents as the page list wants them; their numbers are their places in the draft. */
  get documents() {
    return this.book.content.documents.map((document, index) => ({ number: index + 1, title: document.title, pages: document.pages }));
  }

  placesOn(document: number, page: number): DraftPlace[] {
    const key = this.book.content.documents[document - 1]?.key;
    return this.book.content.places.filter((place) => place.document === key && place.page === page);
  }

  colourOf(person: string): string {
    return personColour(Math.max(0, this.book.content.people.findIndex((one) => one.key === person)));
  }

  nameOf(person: string): string {
    const one = this.book.content.people.find((other) => other.key === person);
    return (one?.vacant ? one.placeholder : one?.name || one?.email) || '';
  }

  /** Puts a field with its middle at a point of a page, or where there is room, and takes it in hand. */
  put(type: FieldType, document: number, page: number, point: { x: number; y: number } | null, size: PageSize): DraftPlace | null {
    const key = this.book.content.documents[document - 1]?.key;
    if (!key || !this.person || !this.allows(type, document)) return null;
    const box = point
      ? boxAround(type, point.x, point.y, size)
      : freeBox(boxAround(type, size.width / 2, size.height / 2, size), this.placesOn(document, page), size);
    const place = this.book.addPlace(type, this.person, key, page, box);
    this.selected = place.key;
    this.armed = null;
    return place;
  }

  /** A document that came signed takes signatures and nothing else. */
  allows(type: FieldType, document: number): boolean {
    if (!this.types.includes(type)) return false;
    return type === 'signature' || (this.book.content.documents[document - 1]?.signatures ?? 0) === 0;
  }

  /** A copy beside the field, on the same page. */
  duplicate(place: DraftPlace, size: PageSize): DraftPlace {
    const box = keepOnPage({ x: place.x + 12, y: place.y + place.height + 6, width: place.width, height: place.height }, size);
    const copy = this.book.addPlace(place.type, place.person, place.document, place.page, box);
    this.book.editPlace(copy.key, { required: place.required, label: place.label });
    this.selected = copy.key;
    return copy;
  }

  remove(place: DraftPlace): void {
    this.book.removePlace(place.key);
    if (this.selected === place.key) this.selected = null;
  }
}
