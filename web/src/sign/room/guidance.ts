import type { SignerField } from '../../api/ceremony.ts';
import type { Ink } from '../../api/shapes.ts';

export interface Filled {
  values: Record<string, string>;
  signature: Ink | null;
  initials: Ink | null;
}

/** The order of reading: by document, page, then from the top, and from the left within about one line. */
export function inReadingOrder<F extends { document: number; page: number; x: number; y: number }>(fields: F[]): F[] {
  return [...fields].sort(
    (a, b) =>
      a.document - b.document || a.page - b.page || (Math.abs(a.y - b.y) > 8 ? a.y - b.y : a.x - b.x),
  );
}

/** Whether a field asks nothing more of the person. The date of signing is filled by the server. */
export function isDone(field: SignerField, filled: Filled): boolean {
  switch (field.type) {
    case 'signature':
      return filled.signature !== null;
    case 'initials':
      return filled.initials !== null;
    case 'date_signed':
      return true;
    case 'checkbox':
      return filled.values[field.id] === 'true';
    case 'text':
      return (filled.values[field.id] ?? '').trim() !== '';
  }
}

/** Required fields that are still open, in reading order. */
export function open(fields: SignerField[], filled: Filled): SignerField[] {
  return inReadingOrder(fields).filter((field) => field.required && !isDone(field, filled));
}

/** The open field after the one the person is at, going round; `null` when none is open. */
export function next(fields: SignerField[], filled: Filled, current: string | null): SignerField | null {
  const left = open(fields, filled);
  if (left.length === 0) return null;
  const order = inReadingOrder(fields).map((field) => field.id);
  const at = current === null ? -1 : order.indexOf(current);
  return left.find((field) => order.indexOf(field.id) > at) ?? left[0] ?? null;
}
