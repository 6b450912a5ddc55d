import type { Act, Visit } from '../../api/ceremony.ts';
import { Refusal, type Unreachable } from '../../api/problem.ts';
import type { Key } from '../../i18n/words.ts';
import type { IconName } from '../../ui/icons.ts';

/** What a screen without a document says, and what can be done there. */
export interface StateWords {
  icon: IconName;
  tone: 'good' | 'calm' | 'bad';
  title: Key;
  text: Key;
  action?: 'retry' | 'look' | 'renew';
  /** The person's part is over and went well. */
  done?: true;
}

/** The words for a state in which there is nothing to sign now; `null` for those that have a screen of their own. */
export function wordsForVisit(visit: Pick<Visit, 'state' | 'ended_because' | 'act' | 'delegate'>): StateWords | null {
  switch (visit.state) {
    case 'waiting':
      return { icon: 'clock', tone: 'calm', title: 'state.waiting.title', text: 'state.waiting.text' };
    case 'signing':
      if (visit.act === 'fill') return { icon: 'clock', tone: 'calm', title: 'state.signing.title_fill', text: 'state.signing.text', action: 'look' };
      return { icon: 'clock', tone: 'calm', title: 'state.signing.title', text: 'state.signing.text', action: 'look' };
    case 'signed':
      return signedWords(visit.act ?? 'sign');
    case 'not_needed':
      return { icon: 'info', tone: 'calm', title: 'state.not_needed.title', text: 'state.not_needed.text' };
    case 'delegated':
      return { icon: 'info', tone: 'calm', title: delegatedTitle(visit.act ?? 'sign', visit.delegate?.name ?? ''), text: 'state.delegated.text' };
    case 'declined':
      if ((visit.act ?? 'sign') !== 'sign') return { icon: 'close', tone: 'calm', title: 'state.declined.title_other', text: 'state.declined.text' };
      return { icon: 'close', tone: 'calm', title: 'state.declined.title', text: 'state.declined.text' };
    case 'ended':
      return wordsForEnd(visit.ended_because);
    case 'expired_link':
      return { icon: 'clock', tone: 'calm', title: 'state.expired_link.title', text: 'state.expired_link.text', action: 'renew' };
    case 'link_ended':
      return { icon: 'clock', tone: 'calm', title: 'state.link_ended.title', text: 'state.link_ended.text' };
    default:
      return null;
  }
}

function delegatedTitle(act: Act, name: string): Key {
  if (name === '') return 'state.delegated.title_nameless';
  return act === 'sign' ? 'state.delegated.title' : 'state.delegated.title_other';
}

function signedWords(act: Act): StateWords {
  const done = { icon: 'check', tone: 'good', done: true } as const;
  if (act === 'sign') return { ...done, title: 'state.signed.title', text: 'state.signed.text' };
  return { ...done, title: `state.signed.title_${act}`, text: 'state.signed.text_other' };
}

function wordsForEnd(because: Visit['ended_because']): StateWords {
  switch (because) {
    case 'completed':
      return { icon: 'check', tone: 'good', title: 'state.completed.title', text: 'state.completed.text', done: true };
    case 'declined':
      return { icon: 'close', tone: 'calm', title: 'state.ended_declined.title', text: 'state.ended_declined.text' };
    case 'cancelled':
      return { icon: 'close', tone: 'calm', title: 'state.cancelled.title', text: 'state.cancelled.text' };
    case 'expired':
      return { icon: 'clock', tone: 'calm', title: 'state.expired.title', text: 'state.expired.text' };
    default:
      return { icon: 'info', tone: 'calm', title: 'state.ended.title', text: 'state.ended.text' };
  }
}

/** The words for a link that could not be shown at all. */
export function wordsForTrouble(trouble: Refusal | Unreachable): StateWords {
  if (!(trouble instanceof Refusal)) {
    return { icon: 'refresh', tone: 'bad', title: 'state.unreachable.title', text: 'state.unreachable.text', action: 'retry' };
  }
  if (trouble.code === 'link_ended' || trouble.status === 410) {
    return { icon: 'clock', tone: 'calm', title: 'state.link_ended.title', text: 'state.link_ended.text' };
  }
  if (trouble.status === 404 || trouble.status === 401) {
    return { icon: 'search', tone: 'calm', title: 'state.unknown.title', text: 'state.unknown.text' };
  }
  return { icon: 'alert', tone: 'bad', title: 'state.fault.title', text: 'state.fault.text', action: 'retry' };
}
