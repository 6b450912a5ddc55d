import type { EnvelopeStatus, RecipientStatus } from '../../api/desk.ts';
import type { Key } from '../../i18n/words.ts';
import type { IconName } from '../../ui/icons.ts';

export type Tone = 'calm' | 'busy' | 'good' | 'bad';

export interface StatusWords {
  key: Key;
  tone: Tone;
  icon: IconName;
}

/** Word, colour and sign of each status: never the colour alone. */
export const ENVELOPE_STATUS: Record<EnvelopeStatus, StatusWords> = {
  draft: { key: 'desk.status.draft', tone: 'calm', icon: 'pen' },
  in_progress: { key: 'desk.status.in_progress', tone: 'busy', icon: 'clock' },
  finishing: { key: 'desk.status.finishing', tone: 'busy', icon: 'clock' },
  completed: { key: 'desk.status.completed', tone: 'good', icon: 'check' },
  declined: { key: 'desk.status.declined', tone: 'bad', icon: 'close' },
  cancelled: { key: 'desk.status.cancelled', tone: 'calm', icon: 'close' },
  expired: { key: 'desk.status.expired', tone: 'bad', icon: 'clock' },
};

export const RECIPIENT_STATUS: Record<RecipientStatus, StatusWords> = {
  created: { key: 'desk.person_status.created', tone: 'calm', icon: 'clock' },
  waiting: { key: 'desk.person_status.waiting', tone: 'calm', icon: 'clock' },
  invited: { key: 'desk.person_status.invited', tone: 'busy', icon: 'mail' },
  opened: { key: 'desk.person_status.opened', tone: 'busy', icon: 'eye' },
  consented: { key: 'desk.person_status.consented', tone: 'busy', icon: 'eye' },
  signing: { key: 'desk.person_status.signing', tone: 'busy', icon: 'pen' },
  signed: { key: 'desk.person_status.signed', tone: 'good', icon: 'check' },
  filled: { key: 'desk.person_status.filled', tone: 'good', icon: 'check' },
  approved: { key: 'desk.person_status.approved', tone: 'good', icon: 'check' },
  viewed: { key: 'desk.person_status.viewed', tone: 'good', icon: 'eye' },
  declined: { key: 'desk.person_status.declined', tone: 'bad', icon: 'close' },
  released: { key: 'desk.person_status.released', tone: 'calm', icon: 'minus' },
  removed: { key: 'desk.person_status.removed', tone: 'calm', icon: 'minus' },
  ended: { key: 'desk.person_status.ended', tone: 'calm', icon: 'minus' },
};

const UNKNOWN: StatusWords = { key: 'desk.status.unknown', tone: 'calm', icon: 'info' };

/** A newer server may know a status that these pages do not. */
export function wordsFor(table: Record<string, StatusWords>, status: string): StatusWords {
  return table[status] ?? UNKNOWN;
}
