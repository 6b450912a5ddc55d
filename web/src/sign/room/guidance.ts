import type { FieldGroup, SignerField } from '../../api/ceremony.ts';
import type { Ink } from '../../api/shapes.ts';
import { groupsOf, isCounted } from '../fields/groups.ts';
import { asks, takesFile } from '../fields/kinds.ts';

export interface Filled {
  values: Record<string, string>;
  signature: Ink | null;
  initials: Ink | null;
  /** What was added, by field. */
  files?: Record<string, object | undefined>;
  groups?: FieldGroup[];
  /** What the server has against values. */
  troubles?: Record<string, string>;
}

type Placed = { document: number; page: number; x: number; y: number; tab_order?: number | null };

/**
 * The order in which a person is led: what the sender has numbered, then the order of reading: by document, page, then
 * from the top, and from the left within about one line.
 */
export function inReadingOrder<F extends Placed>(fields: F[]): F[] {
  const number = (field: F) => field.tab_order ?? Infinity;
  return [...fields].sort(
    (a, b) =>
      (number(a) === number(b) ? 0 : number(a) - number(b)) ||
      a.document - b.document || a.page - b.page || (Math.abs(a.y - b.y) > 8 ? a.y - b.y : a.x - b.x),
  );
}

/** Whether a field asks nothing more of the person. What the server fills never does. */
export function isDone(field: SignerField, filled: Filled): boolean {
  if (!asks(field)) return true;
  if (filled.troubles?.[field.id]) return false;
  if (field.type === 'signature') return filled.signature !== null;
  if (field.type === 'initials') return filled.initials !== null;
  if (takesFile(field)) return filled.files?.[field.id] !== undefined;
  const value = filled.values[field.id] ?? '';
  return field.type === 'checkbox' || field.type === 'radio' ? value === 'true' : value.trim() !== '';
}

/** What has to be done: each required field, each wrong one, and of each group that is counted its first one. */
export function required(fields: SignerField[], filled: Filled): SignerField[] {
  const groups = groupsOf(fields, filled.groups ?? []);
  return inReadingOrder(fields).filter((field) => {
    const members = field.group ? groups.get(field.group) : undefined;
    if (!members) return (field.required || Boolean(filled.troubles?.[field.id])) && asks(field);
    const over = !isCounted(members, (id) => filled.values[id] ?? '');
    return members.fields[0] === field && asks(field) && (members.min > 0 || over);
  });
}

/** What of it is still open, in the order in which the person is led. */
export function open(fields: SignerField[], filled: Filled): SignerField[] {
  const groups = groupsOf(fields, filled.groups ?? []);
  return required(fields, filled).filter((field) => {
    const members = field.group ? groups.get(field.group) : undefined;
    return members ? !isCounted(members, (id) => filled.values[id] ?? '') : !isDone(field, filled);
  });
}

/** The open field after the one the person is at, going round; `null` when none is open. */
export function next(fields: SignerField[], filled: Filled, current: string | null): SignerField | null {
  const left = open(fields, filled);
  if (left.length === 0) return null;
  const order = inReadingOrder(fields).map((field) => field.id);
  const at = current === null ? -1 : order.indexOf(current);
  return left.find((field) => order.indexOf(field.id) > at) ?? left[0] ?? null;
}
