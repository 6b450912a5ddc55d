import { t } from '../../../i18n/language.svelte.ts';
import { filledBy } from '../../draft/kinds.ts';
import { leansOn } from '../../draft/links.ts';
import { steps } from '../../draft/ordering.ts';
import type { DraftContent, DraftPlace } from '../../draft/shape.ts';
import type { Easel } from '../easel.svelte.ts';

/**
 * The fields that one can lean on: filled by hand, by the same person or in an earlier step, and not leaning on it
 * themselves over however many others. The server asks for the same.
 */
export function leanable(content: Pick<DraftContent, 'places' | 'people'>, place: DraftPlace): DraftPlace[] {
  const step = steps(content.people);
  const stepOf = new Map(content.people.map(({ key }, index) => [key, step[index]!]));
  const own = stepOf.get(place.person) ?? 0;
  const circle = behind(content.places, place.id);
  return content.places.filter((one) => {
    if (one.id === place.id || circle.has(one.id) || filledBy(one.type) !== 'person') return false;
    return one.person === place.person || (stepOf.get(one.person) ?? Infinity) < own;
  });
}

/** Everything that leans on a field, also over others. */
function behind(places: DraftPlace[], id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const place of places) {
      if (found.has(place.id) || !leansOn(place).includes(next)) continue;
      found.add(place.id);
      open.push(place.id);
    }
  }
  return found;
}

/** What a list calls a field: its label or its kind, whose it is, and its page. */
export function nameOfField(place: DraftPlace, easel: Easel): string {
  return t('desk.editor.field_name', { what: place.label || t(`desk.field.${place.type}`), name: easel.nameOf(place.person), page: place.page });
}
