import type { FieldGroup, Formula } from '../../api/fields.ts';
import type { DraftPlace } from './shape.ts';

/** The ids of the fields that one leans on: of its condition and its formula. */
export function leansOn(place: Pick<DraftPlace, 'only_if' | 'formula'>): string[] {
  return [...(place.only_if ? [place.only_if.field] : []), ...(place.formula ? fieldsOf(place.formula) : [])];
}

export function fieldsOf(formula: Formula): string[] {
  if ('sum' in formula) return formula.sum;
  return formula.concatenation.flatMap((piece) => ('field' in piece ? [piece.field] : []));
}

/** The fields that are left, with nothing that leans on one that is gone. */
export function unlinked(places: DraftPlace[]): DraftPlace[] {
  const there = new Set(places.map((place) => place.id));
  return places.map((place) => {
    if (leansOn(place).every((id) => there.has(id))) return place;
    const only_if = place.only_if && there.has(place.only_if.field) ? place.only_if : null;
    return { ...place, only_if, formula: without(place.formula, there) };
  });
}

function without(formula: Formula | null, there: Set<string>): Formula | null {
  if (!formula) return null;
  if ('sum' in formula) {
    const sum = formula.sum.filter((id) => there.has(id));
    return sum.length > 0 ? { sum } : null;
  }
  const concatenation = formula.concatenation.filter((piece) => 'words' in piece || there.has(piece.field));
  return concatenation.some((piece) => 'field' in piece) ? { concatenation } : null;
}

/** The same condition and formula with other ids, as a copy of several fields needs them. */
export function relinked<P extends Pick<DraftPlace, 'only_if' | 'formula'>>(place: P, ids: Map<string, string>): P {
  const other = (id: string) => ids.get(id) ?? id;
  const { only_if, formula } = place;
  return {
    ...place,
    only_if: only_if && { ...only_if, field: other(only_if.field) },
    formula:
      formula &&
      ('sum' in formula
        ? { sum: formula.sum.map(other) }
        : { concatenation: formula.concatenation.map((piece) => ('field' in piece ? { field: other(piece.field) } : piece)) }),
  };
}

/** Entries of groups that still have a field; the server refuses one that is empty. */
export function groupsInUse(groups: FieldGroup[], places: Pick<DraftPlace, 'group'>[]): FieldGroup[] {
  const used = new Set(places.map((place) => place.group));
  return groups.filter((group) => used.has(group.key));
}
