import type { Envelope, EnvelopeRecipient } from '../../api/desk.ts';
import { acts } from '../../api/people.ts';

export type PersonAction = 'remind' | 'resend' | 'correct' | 'replace' | 'link' | 'remove';
export type EnvelopeAction = 'remind' | 'extend' | 'hand_over' | 'template' | 'archive' | 'restore' | 'trash' | 'delete';

const IN_TURN = ['invited', 'opened', 'consented'];

/** What is worth offering for one person; whether it is done, the server decides. */
export function possibleFor(envelope: Envelope, person: EnvelopeRecipient): PersonAction[] {
  if (envelope.status !== 'in_progress') return [];
  const open = person.status === 'waiting' || IN_TURN.includes(person.status);
  if (!open) return [];
  const named = person.placeholder == null;
  const mailed = person.arrival !== 'handed' && (person.arrival !== 'embedded' || (person.embedding?.mail ?? false));
  const byThemselves = person.role === 'automatic_signer';
  const possible: PersonAction[] = [];
  if (IN_TURN.includes(person.status) && mailed && named && !byThemselves) possible.push('remind', 'resend');
  if (IN_TURN.includes(person.status) && person.arrival === 'handed' && !byThemselves) possible.push('link');
  if (named) possible.push('correct');
  possible.push('replace');
  if (acts(person.role)) possible.push('remove');
  return possible;
}

/** The same for the whole of it; `theirs` where whoever looks sent it, or answers for everybody's. */
export function possibleForAll(envelope: Envelope, theirs: boolean): EnvelopeAction[] {
  const runs = envelope.status === 'in_progress';
  const shelf = envelope.shelf ?? 'desk';
  if (shelf === 'deleted') return [];
  const possible: EnvelopeAction[] = [];
  if (runs && envelope.recipients.some((one) => possibleFor(envelope, one).includes('remind'))) possible.push('remind');
  if (runs || envelope.status === 'expired') possible.push('extend');
  if (theirs) possible.push('hand_over');
  possible.push('template');
  if (shelf === 'desk') possible.push('archive');
  else possible.push('restore');
  if (runs || envelope.status === 'finishing') return possible;
  if (shelf !== 'trash') possible.push('trash');
  possible.push('delete');
  return possible;
}
