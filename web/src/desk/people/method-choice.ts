import type { MethodKind, Rules } from '../../api/people.ts';
import type { DraftPerson } from '../draft/shape.ts';
import table from './method-rules.json' with { type: 'json' };

/** Why a method cannot be added: the code of the rule, and its own sentence. */
export interface Forbidden {
  code: string;
  text: string;
}

type Refusals = Partial<Record<MethodKind, Forbidden>>;
const rules = table as { first: MethodKind[]; beside: Record<MethodKind, Refusals>; embedded: Refusals; without_telephone: Refusals; not_allowed: Refusals };

/**
 * Why this method cannot join somebody's chain, or nothing where it can. The table is written by the rules themselves; all
 * that is done here is to look up what holds for this draft.
 */
export function forbids(person: Pick<DraftPerson, 'methods' | 'arrival'>, draft: Rules, kind: MethodKind): Forbidden | null {
  const telephone = draft.telephone as { refused?: boolean } | undefined;
  const applying = [
    ...(draft.methods_allowed && !draft.methods_allowed.includes(kind) ? [rules.not_allowed] : []),
    ...(telephone?.refused ? [rules.without_telephone] : []),
    ...(person.arrival === 'embedded' ? [rules.embedded] : []),
    ...person.methods.map((one) => rules.beside[one.kind]),
  ];
  return applying.map((refusals) => refusals[kind]).find((found) => found !== undefined) ?? null;
}

/** Where a method is put that joins a chain: by which people arrive, they arrive first. */
export function withMethod<M extends { kind: MethodKind }>(methods: M[], added: M): M[] {
  return rules.first.includes(added.kind) ? [added, ...methods] : [...methods, added];
}
