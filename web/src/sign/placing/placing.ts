import type { Placeable, SignerField } from '../../api/ceremony.ts';
import type { Box, PageSize } from '../../api/shapes.ts';
import { t } from '../../i18n/language.svelte.ts';
import type { Key } from '../../i18n/words.ts';
import { boxAround, freeBox } from '../../pdf/geometry.ts';
import type { IconName } from '../../ui/icons.ts';
import type { Room } from '../room/room.svelte.ts';

export const ICONS: Record<Placeable, IconName> = {
  signature: 'signature',
  initials: 'initials',
  date_signed: 'calendar',
  recipient_name: 'user',
  text: 'text',
};

/** What the person calls a field of this kind. */
export function nameOfKind(type: Placeable): string {
  return t(`placing.${type}` as Key);
}

/** Why nothing of this kind goes onto a document, as the key of a sentence, or nothing where it does. */
export function refusal(room: Room, type: Placeable, document: number): Key | null {
  const placing = room.placing;
  const takes = placing?.documents.find(({ number }) => number === document)?.takes ?? 'nothing';
  if (takes === 'nothing') return 'placing.certified';
  const here = room.placed.filter((field) => field.document === document);
  if (takes === 'one_signature' && (type !== 'signature' || here.length > 0)) return 'placing.one_signature';
  return room.placed.length >= (placing?.most ?? 0) ? 'placing.too_many' : null;
}

/** The kinds that at least one of the documents takes. */
export function offered(room: Room): Placeable[] {
  const anything = room.placing?.documents.some(({ takes }) => takes === 'anything');
  const nothing = room.placing?.documents.every(({ takes }) => takes === 'nothing');
  return (room.placing?.types ?? []).filter((type) => !nothing && (anything || type === 'signature'));
}

/** A new field around a point, or below the last line of the page where the keyboard puts it, on nothing else of theirs. */
export function fieldAt(room: Room, type: Placeable, at: { document: number; page: number; size: PageSize }, point?: { x: number; y: number }): SignerField {
  const { document, page, size } = at;
  const others = room.all.filter((field) => field.document === document && field.page === page);
  const box: Box = point
    ? boxAround(type, point.x, point.y, size)
    : freeBox(boxAround(type, size.width / 2, size.height * 0.75, size), others, size);
  return { ...box, id: newId(), type, document, page, required: true, label: '', value: null, placed: true };
}

/** An id that no other field has, by chance; `randomUUID` is not there on a page without TLS. */
function newId(): string {
  return `own-${[...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('')}`;
}
