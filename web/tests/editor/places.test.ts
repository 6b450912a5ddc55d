import { describe, expect, test } from 'vitest';
import type { Tags } from '../../src/api/fields.ts';
import { relinked, unlinked } from '../../src/desk/draft/links.ts';
import { inView, layOut, MOUNTED_MAX, pageAt } from '../../src/desk/editor/board-layout.ts';
import { copiesOf } from '../../src/desk/editor/clipboard.ts';
import { fromForm } from '../../src/desk/editor/from-form.ts';
import { fromTags, namedIn, tagPlace } from '../../src/desk/editor/from-tags.ts';
import { asLines, fromLines } from '../../src/desk/editor/inspect/option-lines.ts';
import { leanable } from '../../src/desk/editor/inspect/leanable.ts';
import { refusalOf } from '../../src/desk/editor/may-be-placed.ts';
import { besideText } from '../../src/desk/editor/occurrences.ts';
import { zoomed } from '../../src/desk/editor/zoom.ts';
import { A4, content, field } from './given.ts';

const long = [{ number: 1, title: 'Contract', pages: Array.from({ length: 500 }, () => A4) }];

describe('the board', () => {
  const layout = layOut(long, { width: 700, height: 600 }, 1, { fit: 'width' });

  test('five hundred pages lie one below the other, and at most twelve of them exist wherever one looks', () => {
    expect(layout.sheets).toHaveLength(500);
    for (let top = 0; top < layout.height; top += 777) {
      const sheets = inView(layout.sheets, { top, bottom: top + 4000 });
      expect(sheets.length).toBeLessThanOrEqual(MOUNTED_MAX);
      const middle = pageAt(layout.sheets, top + 2000);
      expect(sheets.map(({ page }) => page)).toContain(middle?.page);
    }
  });

  test('what is seen is always among them', () => {
    const { top, height } = layout.sheets[249]!;
    expect(inView(layout.sheets, { top, bottom: top + height }).map(({ page }) => page)).toContain(250);
    expect(pageAt(layout.sheets, top + height / 2)?.page).toBe(250);
  });

  test('side by side two pages share a line', () => {
    const pairs = layOut(long, { width: 700, height: 600 }, 2, { fit: 'width' }).sheets;
    expect(pairs[1]!.top).toBe(pairs[0]!.top);
    expect(pairs[1]!.left).toBeGreaterThan(pairs[0]!.left + pairs[0]!.width);
    expect(pairs[2]!.top).toBeGreaterThan(pairs[1]!.top);
  });

  test('a whole page fits the screen, and 100 percent is its size on paper', () => {
    expect(layOut(long, { width: 700, height: 600 }, 1, { fit: 'page' }).sheets[0]!.height).toBeCloseTo(600);
    expect(layOut(long, { width: 300, height: 600 }, 1, { percent: 100 }).sheets[0]!.width).toBeCloseTo((595 * 96) / 72);
  });

  test('steps of zoom go up and down and stop at the ends', () => {
    expect([zoomed({ percent: 100 }, 1), zoomed({ percent: 25 }, -1), zoomed({ fit: 'page' }, 1)]).toEqual([{ percent: 125 }, { percent: 25 }, { percent: 125 }]);
  });
});

describe('copies', () => {
  const radio = (id: string) => field(id, { type: 'radio', group: 'g', capture_key: `key_of_${id}`, form_field: 'form' });

  test('have ids of their own, and what must not come twice is left out', () => {
    const one = field('a', { capture_key: 'a', form_field: 'x', origin: '{{x}}', label: 'City' });
    const [copy] = copiesOf([one], [one], [], { size: A4, dx: 10, dy: 10 }).places;
    expect(copy).toMatchObject({ x: 110, y: 110, label: 'City', capture_key: null, form_field: null, origin: null });
    expect(copy?.id).not.toBe('a');
  });

  test('of a whole group are a group of their own, with the same bounds', () => {
    const both = [radio('a'), radio('b')];
    const made = copiesOf(both, both, [{ key: 'g', label: 'Which', min: 1 }], { page: 2, size: A4 });
    const key = made.places[0]!.group;
    expect(key).not.toBe('g');
    expect(made.places.map(({ group, page }) => [group, page])).toEqual([[key, 2], [key, 2]]);
    expect(made.groups).toEqual([{ key, label: 'Which', min: 1 }]);
  });

  test('of one button join the group it was copied from', () => {
    const both = [radio('a'), radio('b')];
    expect(copiesOf([both[0]!], both, [], { size: A4 }).places[0]?.group).toBe('g');
  });

  test('lean on each other, not on what they were copied from', () => {
    const two = [field('a'), field('b', { only_if: { field: 'a', is: 'filled' }, formula: { concatenation: [{ field: 'a' }, { words: '!' }] } })];
    const [a, b] = copiesOf(two, two, [], { size: A4 }).places;
    expect(b?.only_if?.field).toBe(a?.id);
    expect(b?.formula).toEqual({ concatenation: [{ field: a?.id }, { words: '!' }] });
    expect(relinked(two[1]!, new Map()).only_if?.field).toBe('a');
  });
});

describe('what leans on a field that is gone', () => {
  test('leans on nothing, and a formula keeps what is left of it', () => {
    const [sum, both, alone] = unlinked([
      field('s', { formula: { sum: ['gone'] } }),
      field('t', { formula: { sum: ['gone', 's'] } }),
      field('u', { only_if: { field: 'gone', is: 'filled' } }),
    ]);
    expect([sum?.formula, both?.formula, alone?.only_if]).toEqual([null, { sum: ['s'] }, null]);
  });

  test('nothing is offered that comes later, is not filled by hand, or would close a circle', () => {
    const places = [field('a'), field('b', { only_if: { field: 'a', is: 'filled' } }), field('c', { person: 'p2' }), field('d', { type: 'signature' }), field('e')];
    const offered = (id: string) => leanable(content(places), places.find((one) => one.id === id)!).map((one) => one.id);
    expect(offered('a')).toEqual(['e']);
    expect(offered('c')).toEqual(['a', 'b', 'e']);
  });
});

describe('a document that came signed or certified', () => {
  const document = { key: 'd1', signatures: 1, certification: null };

  test('takes one signature of each person, and what never stands in it', () => {
    expect(refusalOf('signature', document, 'p1', [])).toBeNull();
    expect(refusalOf('signature', document, 'p1', [field('a', { type: 'signature' })])).toBe('one_place_each');
    expect(refusalOf('text', document, 'p1', [])).toBe('signed_document');
    expect(refusalOf('note', document, 'p1', [])).toBeNull();
  });

  test('and is certified takes signatures alone', () => {
    expect(refusalOf('text', { ...document, signatures: 0, certification: 'fill_forms' }, 'p1', [])).toBe('certified_document');
    expect(refusalOf('text', { ...document, signatures: 0 }, 'p1', [])).toBeNull();
  });
});

describe('fields from what a document holds', () => {
  test('stand on, beside or below a text, and always on the page', () => {
    const text = { x: 100, y: 200, width: 40, height: 12 };
    expect(besideText(text, 'text', 'right', A4)).toEqual({ x: 144, y: 196, width: 150, height: 20 });
    expect(besideText(text, 'text', 'below', A4)).toEqual({ x: 100, y: 216, width: 150, height: 20 });
    expect(besideText({ ...text, x: 560 }, 'text', 'right', A4).x).toBe(445);
  });

  test('are taken from its form with name, kind and options; what is closed or taken is left', () => {
    const one = (name: string, change = {}) => ({ name, type: 'text' as const, label: '', page: 1, x: 1, y: 2, width: 30, height: 10, required: false, closed: false, characters_max: null, options: [], buttons: [], ...change });
    const made = fromForm([[one('city'), one('colour', { type: 'dropdown', options: ['red', 'red', ' '] }), one('done', { closed: true }), one('old'), one('pick', { type: 'radio' })]], new Set(['old']));
    expect(made.fields.map(({ type, more }) => [type, more.form_field, more.choices])).toEqual([['text', 'city', undefined], ['dropdown', 'colour', { options: [{ label: 'red' }] }]]);
    expect(made.left).toBe(3);
  });

  test('buttons of a form become one group that no other has, each by the name that the form calls it', () => {
    const at = (option: string, x: number, page = 1) => ({ option, label: `By ${option}`, page, x, y: 5, width: 12, height: 12 });
    const group = { name: 'form.way', type: 'radio' as const, label: 'How?', page: 1, x: 1, y: 5, width: 12, height: 12, required: true, closed: false, characters_max: null, options: [], buttons: [at('mail', 1), at('phone', 30, 2), at('mail', 60)] };
    const { fields, groups, left } = fromForm([[group]], new Set(), ['form_way']);
    expect(groups).toEqual([{ key: 'form_way_2', label: 'How?' }]);
    expect(fields.map(({ type, page, box, more }) => [type, page, box.x, more.label, more.form_field, more.form_option, more.group, more.required])).toEqual([
      ['radio', 1, 1, 'By mail', 'form.way', 'mail', 'form_way_2', true],
      ['radio', 2, 30, 'By phone', 'form.way', 'phone', 'form_way_2', true],
    ]);
    expect(left).toBe(0);
    expect(fromForm([[group, { ...group, name: 'form way' }]], new Set()).groups.map(({ key }) => key)).toEqual(['form_way', 'form_way_2']);
    expect(fromForm([[group]], new Set(['form.way']))).toEqual({ fields: [], groups: [], left: 1 });
  });

  test('options are lines of words, with what programs are told behind a sign of equality', () => {
    const options = [{ label: 'Blue', value: 'b' }, { label: 'a = b', value: '' }, { label: 'Red' }];
    expect(fromLines(asLines(options))).toEqual(options);
    expect(fromLines('\n One \n\n')).toEqual([{ label: 'One' }]);
  });
});

describe('fields from tags', () => {
  const people = content().people;
  const tag = (id: string, change = {}) => ({ id, type: 'text' as const, document: 1, page: 2, x: 10, y: 20, width: 30, height: 10, required: true, label: '', recipient: 1, origin: `{{${id}}}`, ...change });
  const tags = (fields: ReturnType<typeof tag>[], recipients: Tags['recipients']): Tags => ({ fields, recipients, errors: [], warnings: [] });
  const someone = (number: number, change: Partial<Tags['recipients'][number]>) => ({ number, word: null, name: null, email: null, ...change });

  test('go to whoever has the address or the name that the tag gives, else to whoever has its number', () => {
    const named = namedIn(tags([], [someone(1, { email: 'GRACE@example.org' }), someone(2, { word: 'ada' }), someone(3, { word: 'stranger' })]), people);
    expect(named.map(({ person }) => person)).toEqual(['p2', 'p1', 'p1']);
  });

  test('get ids of their own, and lean on each other by them', () => {
    const made = fromTags(tags([tag('a'), tag('b', { only_if: { field: 'a', is: 'filled' } })], []), 1, [{ number: 1, called: '1', person: 'p2' }], new Set());
    expect(made.map(({ more }) => more.person)).toEqual(['p2', 'p2']);
    expect(made[0]!.more.id).not.toBe('a');
    expect(made[1]!.more.only_if?.field).toBe(made[0]!.more.id);
  });

  test('are taken once', () => {
    const named = [{ number: 1, called: '1', person: 'p1' }];
    expect(fromTags(tags([tag('a')], []), 1, named, new Set([tagPlace(1, 2, 10, 20, '{{a}}')]))).toEqual([]);
  });
});
