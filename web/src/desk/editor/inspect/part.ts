import type { PageSize } from '../../../api/shapes.ts';
import type { Found } from '../../draft/check.ts';
import type { DraftPlace } from '../../draft/shape.ts';
import type { Easel } from '../easel.svelte.ts';

/** What each section of the inspector is given. */
export interface Part {
  easel: Easel;
  place: DraftPlace;
  size: PageSize;
  found: Found[];
  /** Changes the field; `tag` names the entry, so that a word typed is one step back. */
  edit: (change: Partial<DraftPlace>, tag: string) => void;
}

/** Findings about one key of the field, or about what lies below it. */
export function about(found: Found[], ...keys: string[]): Found[] {
  return found.filter(({ where }) => {
    const part = where.kind === 'place' ? (where.part ?? '') : '';
    return keys.some((key) => part === key || (key !== '' && part.startsWith(`${key}/`)));
  });
}

/** An entry that may say nothing. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
export const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
