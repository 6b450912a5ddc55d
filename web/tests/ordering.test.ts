import { describe, expect, test } from 'vitest';
import { fromSteps, move, signFirst, signsFirst, steps } from '../src/desk/draft/ordering.ts';
import { emptyPerson, type DraftPerson } from '../src/desk/draft/shape.ts';

const person = (name: string, together = false): DraftPerson => ({
  ...emptyPerson('en'),
  key: name,
  name,
  email: `${name.toLowerCase()}@example.com`,
  together,
});

describe('ordering', () => {
  test('each person opens a step unless they act with the one before', () => {
    expect(steps([person('A', true), person('B'), person('C', true), person('D')])).toEqual([1, 2, 2, 3]);
  });

  test('steps with gaps and out of order come back as flags', () => {
    const flags = fromSteps([
      { name: 'C', step: 7 },
      { name: 'A', step: 2 },
      { name: 'B', step: 2 },
    ]);
    expect(flags.map(({ name, together }) => [name, together])).toEqual([['A', false], ['B', true], ['C', false]]);
    expect(steps(flags)).toEqual([1, 1, 2]);
  });

  test('moving past an end stops at the end', () => {
    expect(move(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a']);
    expect(move(['a', 'b', 'c'], 2, -4)).toEqual(['c', 'a', 'b']);
    expect(move(['a', 'b', 'c'], 5, 0)).toEqual(['a', 'b', 'c']);
  });

  test('who signs first stands alone in the first step', () => {
    const people = signFirst([person('B', false), person('C', true)], person('Me'));
    expect(people.map((one) => one.name)).toEqual(['Me', 'B', 'C']);
    expect(steps(people)).toEqual([1, 2, 2]);
    expect(signsFirst(people, 'ME@example.com')).toBe(true);
  });

  test('who is in the list already is moved, not doubled', () => {
    const people = signFirst([person('B'), person('Me', true)], person('Me'));
    expect(people.map((one) => one.name)).toEqual(['Me', 'B']);
    expect(signsFirst(people, 'me@example.com')).toBe(true);
  });

  test('who signs together with another does not sign first', () => {
    expect(signsFirst([person('Me'), person('B', true)], 'me@example.com')).toBe(false);
  });
});
