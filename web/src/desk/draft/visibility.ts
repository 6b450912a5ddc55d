import type { DraftContent, DraftDocument, DraftPerson } from './shape.ts';

/** Those of whom it is said what they see; on the device of a host is seen what the person sees who signs there. */
export function readers(people: DraftPerson[]): DraftPerson[] {
  return people.filter((person) => person.role !== 'host');
}

export function sees(document: Pick<DraftDocument, 'visibleTo'>, person: string): boolean {
  return document.visibleTo?.includes(person) ?? true;
}

/** Who sees a document after a box was ticked or not; everybody (`null`) as soon as nobody is left out. */
export function seenBy(document: Pick<DraftDocument, 'visibleTo'>, people: DraftPerson[], person: string, on: boolean): string[] | null {
  const keys = readers(people).map(({ key }) => key);
  const seen = keys.filter((key) => (key === person ? on : sees(document, key)));
  return seen.length === keys.length ? null : seen;
}

/** Whether everybody sees either all of these or none. */
export function isSeenAlike(documents: Pick<DraftDocument, 'visibleTo'>[]): boolean {
  const [first] = documents.map(({ visibleTo }) => [...(visibleTo ?? ['*'])].sort().join(' '));
  return documents.every(({ visibleTo }) => [...(visibleTo ?? ['*'])].sort().join(' ') === first);
}

/** Whether there is something to choose: several documents and several readers, or a choice that was made before. */
export function isAsked({ documents, people }: Pick<DraftContent, 'documents' | 'people'>): boolean {
  return (documents.length > 1 && readers(people).length > 1) || documents.some((document) => document.visibleTo);
}
