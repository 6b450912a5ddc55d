import { expect, test } from 'vitest';
import { steps } from '../src/desk/draft/ordering.ts';
import { toStep } from '../src/desk/people/step-line.ts';

/** `a bc d`: three steps, b and c at the same time. */
const line = (text: string) => text.split(' ').flatMap((step) => [...step].map((key, index) => ({ key, together: index > 0 })));
const told = (people: { key: string; together: boolean }[]) => {
  const step = steps(people);
  return people.map(({ key }, index) => (index > 0 && step[index] !== step[index - 1] ? ` ${key}` : key)).join('');
};

test.each([
  ['a bc d', 'a', { into: 2 }, 'bca d'],
  ['a bc d', 'c', { into: 1 }, 'ac b d'],
  ['a bc d', 'b', { before: 1 }, 'b a c d'],
  ['a bc d', 'c', { before: 4 }, 'a b d c'],
  ['a bc d', 'd', { before: 2 }, 'a d bc'],
  ['a', 'a', { into: 1 }, 'a'],
  ['a b', 'a', { into: 9 }, 'ba'],
  ['a b', 'x', { into: 1 }, 'a b'],
] as const)('from %s, %s goes %o: %s', (before, key, slot, after) => {
  expect(told(toStep(line(before), key, slot))).toBe(after);
});

test('the first of all acts together with nobody before them', () => {
  expect(toStep(line('ab c'), 'c', { before: 1 })[0]?.together).toBe(false);
});
