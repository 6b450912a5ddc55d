import type { Role } from '../../api/desk.ts';
import type { Box, FieldType, PageSize } from '../../api/shapes.ts';

/**
 * A draft as it is worked on. Things name each other by keys made in the page, so that moving a person in the list
 * moves no field; numbers are made when it is sent (`convert.ts`).
 */
export interface DraftDocument {
  key: string;
  upload: string;
  title: string;
  pages: PageSize[];
}

export interface DraftPerson {
  key: string;
  name: string;
  email: string;
  role: Role;
  language: string;
  /** Acts at the same time as the one before; of no meaning for the first. */
  together: boolean;
}

export interface DraftPlace extends Box {
  key: string;
  id?: string;
  type: FieldType;
  document: string;
  page: number;
  person: string;
  required: boolean;
  label: string;
}

export interface DraftContent {
  title: string;
  documents: DraftDocument[];
  people: DraftPerson[];
  places: DraftPlace[];
  message: string;
  language: string;
  timeZone: string;
  days: number;
  test: boolean;
}

let counter = 0;

/** A key that is new within this page. */
export function newKey(): string {
  counter += 1;
  return `k${counter}`;
}

export function emptyDraft(language: string, timeZone: string, test: boolean): DraftContent {
  return { title: '', documents: [], people: [], places: [], message: '', language, timeZone, days: 30, test };
}

export function emptyPerson(language: string): DraftPerson {
  return { key: newKey(), name: '', email: '', role: 'signer', language, together: false };
}
