import { describe, expect, test } from 'vitest';
import type { SignerField } from '../src/api/ceremony.ts';
import { readDecimal, sum, typedNumber, writeDecimal } from '../src/sign/fields/decimal.ts';
import { groupsOf, isCounted } from '../src/sign/fields/groups.ts';
import { Sheet } from '../src/sign/fields/sheet.ts';
import { fitted } from '../src/sign/room/entry.ts';

const field = (id: string, type: SignerField['type'] = 'text', more: Partial<SignerField> = {}): SignerField => ({
  id, type, document: 1, page: 1, x: 50, y: 50, width: 100, height: 20, required: true, label: '', value: null, ...more,
});
const read = (text: string) => {
  const number = readDecimal(text);
  return number === null ? null : writeDecimal(number);
};

// The cases of the server's own tests (model/field/decimal.rs), so that both say the same.
describe('a decimal number', () => {
  test('is kept exactly and written without empty decimals', () => {
    const long = '999999999999999999.999999999999999999';
    const cases = { '12.50': '12.5', '-0.000000000000000001': '-0.000000000000000001', '-0': '0', '007': '7', [long]: long };
    for (const [text, written] of Object.entries(cases)) expect(read(text), text).toBe(written);
  });

  test('is refused where it is no plain decimal', () => {
    for (const text of ['', '-', '.', '.5', '5.', '1,5', '1e5', '+1', ' 1', '1.2.3', '--1', '٣', '1000000000000000000']) {
      expect(read(text), text).toBe(null);
    }
  });

  test('adds up exactly, and gives nothing where there are too many digits', () => {
    const add = (...texts: string[]) => {
      const total = sum(texts.map((text) => readDecimal(text) ?? 0n));
      return total === null ? null : writeDecimal(total);
    };
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(add('2', '-2.5')).toBe('-0.5');
    expect(add('999999999999999999.999999999999999999', '0.000000000000000001')).toBe(null);
  });

  test('is read as people type it in their language', () => {
    for (const language of ['en', 'fr', 'de', 'hi']) {
      const read = (text: string) => typedNumber(text, language);
      expect([' 1 250,50 ', '1\u202f250', '1’250.50', '1.250,50', '1,250.50'].map(read), language).toEqual(['1250.50', '1250', '1250.50', '1250.50', '1250.50']);
      expect(['1,250,000', '1.250.000,5', '12,34,567', '-3,5', '0,125', '850.4'].map(read), language).toEqual(['1250000', '1250000.5', '1234567', '-3.5', '0.125', '850.4']);
      expect(['twelve', '1,2,3', '1.250.00', '1,250,5', ',5', '', '12:30'].map(read), `${language}, no numbers`).toEqual(['twelve', '1,2,3', '1.250.00', '1,250,5', ',5', '', '12:30']);
    }
  });

  test('before three digits a point or a comma is what it is in the language', () => {
    expect(['1,250', '12,500', '1234,500'].map((text) => typedNumber(text, 'en'))).toEqual(['1250', '12500', '1234.500']);
    expect(['1.250', '1,250'].map((text) => typedNumber(text, 'de'))).toEqual(['1250', '1.250']);
    expect(['1.250', '1,250'].map((text) => typedNumber(text, 'en'))).toEqual(['1.250', '1250']);
  });
});

describe('what stands in the fields', () => {
  const rent = field('rent', 'number');
  const fees = field('fees', 'number');
  const total = field('total', 'number', { formula: { sum: ['rent', 'fees', 'deposit'] }, value: '7' });
  const words = field('words', 'text', { formula: { concatenation: [{ field: 'name' }, { words: ', ' }, { field: 'rent' }] } });
  const name = field('name');
  const deposit = field('deposit', 'number', { only_if: { field: 'wants', is: 'filled' } });
  const wants = field('wants', 'checkbox');
  const all = [rent, fees, total, words, name, deposit, wants];
  const sheet = (values: Record<string, string>, fields = all) => new Sheet(fields, [], values);

  test('is added up and put together as somebody types', () => {
    const filled = sheet({ rent: '100.10', fees: '0.2', name: 'Ada' });
    expect([filled.value('total'), filled.value('words')]).toEqual(['100.3', 'Ada, 100.10']);
    expect(sheet({}).value('total'), 'a sum of nothing is nothing').toBe('');
    expect(sheet({ rent: 'ten', fees: '5' }).value('total'), 'what is no number adds nothing').toBe('5');
  });

  test('a field that is not there has no value, whatever was typed into it', () => {
    const off = { rent: '1', deposit: '500', wants: 'false' };
    expect([sheet(off).isThere(deposit), sheet(off).value('total')]).toEqual([false, '1']);
    const on = { ...off, wants: 'true' };
    expect([sheet(on).isThere(deposit), sheet(on).value('total')]).toEqual([true, '501']);
  });

  test('a condition is one of four', () => {
    const there = (is: NonNullable<SignerField['only_if']>['is'], value: string, type: SignerField['type'] = 'dropdown') => {
      const leaning = field('leaning', 'text', { only_if: { field: 'other', is } });
      return sheet({ other: value }, [field('other', type), leaning]).isThere(leaning);
    };
    expect([there('filled', ' '), there('filled', 'x'), there('empty', ' '), there('empty', 'x')]).toEqual([false, true, true, false]);
    expect([there('filled', 'false', 'checkbox'), there('empty', 'false', 'radio')]).toEqual([false, true]);
    expect([there({ one_of: ['a', 'b'] }, 'b'), there({ one_of: ['a'] }, 'c')]).toEqual([true, false]);
    expect([there({ none_of: ['a'] }, 'a'), there({ none_of: ['a'] }, '')]).toEqual([false, true]);
  });

  test('what others filled is known, and of what is hidden from this person the server has the last word', () => {
    const theirs = [{ field: 'rent', ticked: false, value: '12' }];
    const made = new Sheet([field('sum', 'number', { formula: { sum: ['rent'] } })], theirs, {});
    expect(made.value('sum')).toBe('12');
    const hidden = [field('sum', 'number', { formula: { sum: ['secret'] }, value: '99' }), field('more', 'text', { only_if: { field: 'secret', is: 'filled' }, there: false })];
    const blind = new Sheet(hidden, [], {});
    expect([blind.value('sum'), blind.isThere(hidden[1]!)]).toEqual(['99', false]);
  });

  test('fields that lean on each other in a circle come to an end', () => {
    const circle = [field('a', 'text', { only_if: { field: 'b', is: 'filled' } }), field('b', 'text', { only_if: { field: 'a', is: 'filled' } })];
    expect(new Sheet(circle, [], { a: 'x', b: 'y' }).value('a')).toBe('');
  });

  test('what the sender gave stays as it is where it is for reading only', () => {
    const given = field('given', 'text', { read_only: true, value: 'Flat 4' });
    expect(new Sheet([given], [], { given: 'forged' }).value('given')).toBe('Flat 4');
  });
});

describe('groups', () => {
  const box = (id: string, more: Partial<SignerField> = {}) => field(id, 'checkbox', { group: 'g', required: false, ...more });
  const counted = (fields: SignerField[], on: string[], groups = [{ key: 'g', min: 1, max: 2 }]) => {
    const members = groupsOf(fields, groups).get('g');
    return members && isCounted(members, (id) => (on.includes(id) ? 'true' : 'false'));
  };

  test('boxes are ticked as often as their group says', () => {
    const boxes = [box('a'), box('b'), box('c')];
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((on) => counted(boxes, on))).toEqual([false, true, true, false]);
  });

  test('of buttons one can be chosen, and has to be where one of them is required', () => {
    const buttons = [box('a', { type: 'radio' }), box('b', { type: 'radio', required: true })];
    expect([counted(buttons, [], []), counted(buttons, ['a'], []), counted(buttons, ['a', 'b'], [])]).toEqual([false, true, false]);
  });

  test('where too few boxes are left for the least, all that are there are enough', () => {
    expect(counted([box('a')], ['a'], [{ key: 'g', min: 3, max: 4 }])).toBe(true);
  });
});

describe('what is joined of what is joined', () => {
  const chain = (steps: number, times: number) => [
    field('f0'),
    ...Array.from({ length: steps }, (_, at) => field(`f${at + 1}`, 'text', { formula: { concatenation: Array.from({ length: times }, () => ({ field: `f${at}` })) } })),
  ];

  test('is nothing where it outgrows every field, as on the server', () => {
    const sheet = new Sheet(chain(40, 100), [], { f0: 'x' });
    expect([sheet.value('f1').length, sheet.value('f2').length, sheet.value('f3'), sheet.value('f40')]).toEqual([100, 10_000, '', '']);
  });
});

test('a box holds a letter with its marks, and no letter has two', () => {
  const boxed = field('b', 'boxed_text', { characters_max: 3 });
  for (const [typed, kept] of [['ABCD', 'ABC'], ['e\u0301e\u0301e\u0301e', 'e\u0301e\u0301e\u0301'], ['कविता', 'कविता'], ['', '']]) expect(fitted(boxed, typed ?? '')).toBe(kept);
  expect(fitted(field('t'), 'ABCD')).toBe('ABCD');
});
