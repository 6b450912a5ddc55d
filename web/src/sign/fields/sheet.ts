import type { KnownValue, SignerField, Test } from '../../api/ceremony.ts';
import { readDecimal, sum, writeDecimal } from './decimal.ts';

/** No field holds more characters. */
const JOINED_MAX = 10_000;

/**
 * What stands in the fields: what was filled, what is computed, what is there at all. The same as the server's own
 * sheet, so that the page can show it while somebody types; what counts is what the server says at the end.
 */
export class Sheet {
  readonly #fields: Map<string, SignerField>;
  readonly #known: Map<string, KnownValue>;
  readonly #found = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(
    fields: SignerField[],
    known: KnownValue[],
    private readonly values: Readonly<Record<string, string>>,
  ) {
    this.#fields = new Map(fields.map((field) => [field.id, field]));
    this.#known = new Map(known.map((one) => [one.field, one]));
  }

  /** Nothing where the field is empty, unknown or not there. */
  value(id: string): string {
    const field = this.#fields.get(id);
    if (!field) return this.#known.get(id)?.value ?? '';
    const before = this.#found.get(id);
    if (before !== undefined) return before;
    // A circle is refused by the server; one that came all the same must not turn for ever.
    if (this.#asked.has(id)) return '';
    this.#asked.add(id);
    const value = this.isThere(field) ? this.#computed(field) : '';
    this.#found.set(id, value);
    return value;
  }

  isThere(field: SignerField): boolean {
    const condition = field.only_if;
    if (!condition) return true;
    const other = this.#fields.get(condition.field);
    const known = this.#known.get(condition.field);
    // It leans on what this person may not see: the server has said how it is.
    if (!other && !known) return field.there ?? true;
    const value = this.value(condition.field);
    const ticked = other ? isTicked(other) : known?.ticked;
    return holds(condition.is, value, ticked ? value === 'true' : value.trim() !== '');
  }

  #computed(field: SignerField): string {
    const formula = field.formula;
    if (!formula) return field.read_only ? (field.value ?? '') : (this.values[field.id] ?? '');
    const parts = 'sum' in formula ? formula.sum : formula.concatenation.flatMap((piece) => ('field' in piece ? [piece.field] : []));
    if (!parts.every((id) => this.#fields.has(id) || this.#known.has(id))) return field.value ?? '';
    if ('concatenation' in formula) return this.#joined(formula.concatenation);
    const numbers = parts.map((id) => readDecimal(this.value(id).trim())).filter((number) => number !== null);
    const total = sum(numbers);
    return numbers.length === 0 || total === null ? '' : writeDecimal(total);
  }

  /** Nothing where it outgrows every field, as on the server: what is joined of what is joined fills any memory. */
  #joined(pieces: ({ field: string } | { words: string })[]): string {
    let joined = '';
    for (const piece of pieces) {
      joined += 'field' in piece ? this.value(piece.field) : piece.words;
      if (joined.length > JOINED_MAX) return '';
    }
    return joined;
  }
}

export function isTicked(field: SignerField): boolean {
  return field.type === 'checkbox' || field.type === 'radio';
}

function holds(test: Test, value: string, filled: boolean): boolean {
  if (test === 'filled') return filled;
  if (test === 'empty') return !filled;
  return 'one_of' in test ? test.one_of.includes(value) : !test.none_of.includes(value);
}
