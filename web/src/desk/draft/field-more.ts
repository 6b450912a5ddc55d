import type { FieldKind, FieldMore } from '../../api/fields.ts';

/** Of a field about which nothing more is said. */
export function nothingMore(): FieldMore {
  return {
    read_only: false,
    value: '',
    placeholder: '',
    hint: '',
    check: {},
    characters_max: null,
    choices: {},
    files: {},
    group: null,
    style: {},
    tab_order: null,
    only_if: null,
    formula: null,
    capture_key: null,
    merge_key: null,
    confidential: false,
    form_field: null,
    form_option: null,
    origin: null,
  };
}

/** Whether this says nothing: the server takes it for the same as leaving it out. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isNothing);
}

/** Values that stand for themselves when left out. */
const DEFAULTS: Record<string, unknown> = { font: 'sans', align: 'left' };

/**
 * What is said, without what says nothing: a draft of 200 fields stays short enough to be sent while its tab closes.
 * Keys that this desk does not know are kept: a newer server gave them.
 */
export function said<T extends object>(more: T): Partial<T> {
  const kept = Object.entries(more).flatMap(([key, value]: [string, unknown]) => {
    const inner = isPlain(value) && !isWhole(key) ? said(value) : value;
    return isNothing(inner) || inner === DEFAULTS[key] ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(kept) as Partial<T>;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
/** These are all or nothing: no part of them can be left out. */
const isWhole = (key: string): boolean => key === 'only_if' || key === 'formula';

/** What a new field of a kind begins with, so that the server takes it as it is. */
export function firstMore(kind: FieldKind, words: string, option: (number: number) => string): Partial<FieldMore> {
  switch (kind) {
    case 'boxed_text':
      return { characters_max: 10 };
    case 'dropdown':
      return { choices: { options: [{ label: option(1) }, { label: option(2) }] } };
    case 'free_text':
    case 'note':
      return { value: words };
    default:
      return {};
  }
}
