import { describe, expect, test } from 'vitest';
import { Refusal } from '../src/api/problem.ts';
import type { TemplateValue } from '../src/api/templates.ts';
import { refusedUse } from '../src/desk/templates/refused-use.ts';
import { changedValues, entriesOf } from '../src/desk/templates/values.ts';

const value = (key: string, more: Partial<TemplateValue> = {}): TemplateValue => ({
  key,
  fields: [key],
  type: 'text',
  label: '',
  required: false,
  read_only: false,
  recipient: 1,
  options: [],
  characters_max: null,
  value: '',
  ...more,
});
const field = (id: string, more = {}) => ({ id, type: 'text', document: 1, page: 1, x: 0, y: 0, width: 1, height: 1, recipient: 1, required: false, label: '', ...more }) as never;

describe('what a template is filled with', () => {
  test('values with a merge key are asked each time, the others on demand', () => {
    const { merged, others } = entriesOf([value('rent', { fields: ['f1'] }), value('f2')], [field('f1', { merge_key: 'rent' }), field('f2')]);
    expect(merged).toEqual([{ kind: 'one', value: expect.objectContaining({ key: 'rent' }) }]);
    expect(others).toEqual([{ kind: 'one', value: expect.objectContaining({ key: 'f2' }) }]);
  });

  test('radio buttons of a group are one choice, those of another group another one', () => {
    const radio = (key: string) => value(key, { type: 'radio' });
    const { others } = entriesOf([radio('a'), value('between'), radio('b'), radio('c')], [field('a', { group: 'x' }), field('between', { group: 'x' }), field('b', { group: 'x' }), field('c', { group: 'y' })]);
    expect(others.map((one) => (one.kind === 'radios' ? [one.group, one.buttons.map(({ key }) => key)] : one.value.key))).toEqual([['x', ['a', 'b']], 'between', ['y', ['c']]]);
  });

  test('only what was changed is said, also where something was taken away', () => {
    expect(changedValues([value('a', { value: 'kept' }), value('b', { value: 'gone' }), value('c')], { a: 'kept', b: '', c: 'new' })).toEqual({ b: '', c: 'new' });
  });

  test('what is wrong with a value is told with its key, whatever signs the key has', () => {
    const refusal = new Refusal(422, 'invalid', '', [
      { pointer: '/values/a~1b~0c', code: 'number_too_large', detail: 'Too large.' },
      { pointer: '/people/0/email', code: 'email_invalid', detail: 'No address.' },
    ] as never);
    const found = refusedUse(refusal, [3]);
    expect(found.map(({ value: key, role, key: of }) => [key, role, of])).toEqual([['a/b~c', -1, ''], ['', 3, 'email']]);
  });
});
