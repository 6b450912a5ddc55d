import { nothingMore } from '../../src/desk/draft/field-more.ts';
import { emptyDraft, emptyPerson, type DraftContent, type DraftPlace } from '../../src/desk/draft/shape.ts';

export const A4 = { width: 595, height: 842 };

/** A field of the first person on the first page. */
export function field(id: string, change: Partial<DraftPlace> = {}): DraftPlace {
  return { ...nothingMore(), key: `key_${id}`, id, type: 'text', document: 'd1', page: 1, person: 'p1', x: 100, y: 100, width: 150, height: 20, required: true, label: '', ...change };
}

/** Two documents, of three pages and of one, for two who sign one after the other. */
export function content(places: DraftPlace[] = [], change: Partial<DraftContent> = {}): DraftContent {
  const document = (key: string, pages: number) => ({ key, upload: `upl_${key}`, title: key, pages: Array.from({ length: pages }, () => A4), signatures: 0, certification: null });
  const person = (key: string, name: string) => ({ ...emptyPerson('en'), key, name, email: `${name}@example.org` });
  return {
    ...emptyDraft('en', 'UTC', false),
    title: 'Lease',
    documents: [document('d1', 3), document('d2', 1)],
    people: [person('p1', 'ada'), person('p2', 'grace')],
    places,
    ...change,
  };
}

/** The same numbers every time (a linear congruential generator), from 0 to below 1. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
