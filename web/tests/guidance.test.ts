import { describe, expect, test } from 'vitest';
import type { SignerField } from '../src/api/ceremony.ts';
import { inReadingOrder, isDone, next, open } from '../src/sign/room/guidance.ts';

const field = (id: string, type: SignerField['type'], y: number, more: Partial<SignerField> = {}): SignerField => ({
  id, type, document: 1, page: 1, x: 50, y, width: 100, height: 20, required: true, label: '', value: null, ...more,
});
const empty = { values: {}, signature: null, initials: null };
const ink = { kind: 'typed', text: 'Ana' } as const;

describe('guidance', () => {
  test('goes by document, page, line, and from the left within a line', () => {
    const fields = [
      field('d2', 'text', 10, { document: 2 }),
      field('right', 'text', 102, { x: 300 }),
      field('left', 'text', 106, { x: 50 }),
      field('p2', 'text', 5, { page: 2 }),
      field('top', 'text', 20),
    ];
    expect(inReadingOrder(fields).map((one) => one.id)).toEqual(['top', 'left', 'right', 'p2', 'd2']);
  });

  test('counts required fields that are open; the date is never one of them', () => {
    const fields = [field('s', 'signature', 1), field('d', 'date_signed', 2), field('t', 'text', 3), field('o', 'text', 4, { required: false })];
    expect(open(fields, empty).map((one) => one.id)).toEqual(['s', 't']);
  });

  test('one signature fills every place for it, and no initials', () => {
    const fields = [field('a', 'signature', 1), field('b', 'signature', 2), field('i', 'initials', 3)];
    expect(open(fields, { ...empty, signature: ink }).map((one) => one.id)).toEqual(['i']);
  });

  test('spaces are no text, and an unticked box is not ticked', () => {
    expect(isDone(field('t', 'text', 1), { ...empty, values: { t: '  ' } })).toBe(false);
    expect(isDone(field('c', 'checkbox', 1), { ...empty, values: { c: 'false' } })).toBe(false);
    expect(isDone(field('c', 'checkbox', 1), { ...empty, values: { c: 'true' } })).toBe(true);
  });

  test('the next field is the one after where the person is, going round at the end', () => {
    const fields = [field('a', 'text', 1), field('b', 'text', 50), field('c', 'text', 100)];
    expect(next(fields, empty, null)?.id).toBe('a');
    expect(next(fields, empty, 'a')?.id).toBe('b');
    expect(next(fields, empty, 'c')?.id).toBe('a');
    expect(next(fields, { ...empty, values: { a: 'x', b: 'x', c: 'x' } }, 'a')).toBeNull();
  });
});

describe('guidance over all kinds', () => {
  const kinds: SignerField['type'][] = ['recipient_name', 'recipient_email', 'date_signed', 'note', 'decline_button', 'approve_button'];

  test('what nobody fills by hand is never asked for', () => {
    const fields = [
      ...kinds.map((type, at) => field(type, type, at * 20)),
      field('given', 'text', 300, { read_only: true }),
      field('computed', 'number', 320, { formula: { sum: ['x'] } }),
    ];
    expect(open(fields, empty)).toEqual([]);
  });

  test('what the sender numbered comes first, in that order', () => {
    const fields = [field('top', 'text', 10), field('second', 'text', 500, { tab_order: 2 }), field('first', 'text', 700, { page: 3, tab_order: 1 })];
    expect(inReadingOrder(fields).map(({ id }) => id)).toEqual(['first', 'second', 'top']);
  });

  test('a group is asked for once, and a file until it is there', () => {
    const fields = [
      field('yes', 'radio', 10, { group: 'answer' }),
      field('no', 'radio', 30, { group: 'answer' }),
      field('licence', 'attachment', 50),
      field('stamp', 'stamp', 70, { required: false }),
    ];
    expect(open(fields, empty).map(({ id }) => id)).toEqual(['yes', 'licence']);
    const done = { ...empty, values: { no: 'true' }, files: { licence: {} } };
    expect(open(fields, done)).toEqual([]);
  });
});

test('a value that the server refused is open again, also where nothing had to be there', () => {
  const fields = [field('rent', 'number', 10), field('fees', 'number', 30, { required: false }), field('more', 'number', 50, { required: false })];
  const filled = { ...empty, values: { rent: '9000', fees: 'ten', more: '1' }, troubles: { rent: 'Too much.', fees: 'No number.' } };
  expect(open(fields, filled).map(({ id }) => id)).toEqual(['rent', 'fees']);
});
