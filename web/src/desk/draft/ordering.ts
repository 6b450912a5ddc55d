import type { DraftPerson } from './shape.ts';

/** The step of each person, from 1: one acts with the one before, or opens the next step. */
export function steps(people: Pick<DraftPerson, 'together'>[]): number[] {
  let step = 0;
  return people.map((person, index) => {
    if (index === 0 || !person.together) step += 1;
    return step;
  });
}

/** Flags from steps as the server gives them; people are put into the order of their steps first. */
export function fromSteps<P extends { step: number }>(people: P[]): (P & { together: boolean })[] {
  const ordered = [...people].sort((a, b) => a.step - b.step);
  return ordered.map((person, index) => ({ ...person, together: index > 0 && person.step === ordered[index - 1]!.step }));
}

/** The list with one entry at another place; out of range places are the ends. */
export function move<T>(list: T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined) return list;
  const rest = list.filter((_, index) => index !== from);
  rest.splice(Math.min(Math.max(to, 0), rest.length), 0, item);
  return rest;
}

/** A person put at the head, alone in the first step; one with this address who is there already is moved. */
export function signFirst<P extends DraftPerson>(people: P[], me: P): P[] {
  const known = people.find((person) => sameAddress(person.email, me.email));
  const others = people.filter((person) => person !== known);
  const [second, ...later] = others;
  const first = { ...(known ?? me), role: 'signer' as const, together: false };
  return second ? [first, { ...second, together: false }, ...later] : [first];
}

/** Whether this person signs first, before everybody else. */
export function signsFirst(people: DraftPerson[], email: string): boolean {
  const [first, second] = people;
  return !!first && first.role === 'signer' && sameAddress(first.email, email) && !second?.together;
}

export function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase() && a.trim() !== '';
}
