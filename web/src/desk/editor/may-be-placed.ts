import type { FieldKind } from '../../api/fields.ts';
import { standsInDocument } from '../draft/kinds.ts';
import type { DraftDocument, DraftPlace } from '../draft/shape.ts';

/** Why a document that came signed or certified takes no such field; `null` where it does. */
export type Refusal = 'signed_document' | 'one_place_each' | 'certified_document';

export function refusalOf(
  type: FieldKind,
  document: Pick<DraftDocument, 'key' | 'signatures' | 'certification'>,
  person: string,
  places: Pick<DraftPlace, 'type' | 'person' | 'document'>[],
): Refusal | null {
  if (!standsInDocument(type)) return null;
  if (document.certification === 'fill_forms' && type !== 'signature') return 'certified_document';
  if (document.signatures === 0) return null;
  if (type !== 'signature') return 'signed_document';
  const has = places.some((place) => place.document === document.key && place.person === person && place.type === 'signature');
  return has ? 'one_place_each' : null;
}
