import { steps } from '../draft/ordering.ts';

/** Where somebody is put: among those of a step, or into a new step before it. Steps count from 1. */
export type Slot = { into: number } | { before: number };

/** The people with one of them in another step; the others keep their order and whom they act together with. */
export function toStep<P extends { key: string; together: boolean }>(people: P[], key: string, slot: Slot): P[] {
  const one = people.find((other) => other.key === key);
  if (!one) return people;
  const step = steps(people);
  const groups: P[][] = [];
  people.forEach((other, index) => {
    const group = (groups[step[index]! - 1] ??= []);
    if (other !== one) group.push(other);
  });
  if ('into' in slot) groups[Math.min(Math.max(slot.into, 1), groups.length) - 1]!.push(one);
  else groups.splice(Math.min(Math.max(slot.before, 1), groups.length + 1) - 1, 0, [one]);
  return groups.filter((group) => group.length > 0).flatMap((group) => group.map((other, index) => ({ ...other, together: index > 0 })));
}
