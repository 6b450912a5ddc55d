import type { Returns, Visit } from '../../api/ceremony.ts';

/** What became of a visit, as the sender's own site is told; `null` while it is not over. */
export type Outcome = 'success' | 'decline' | 'failure' | 'expired';

export function outcomeOf(visit: Pick<Visit, 'state' | 'ended_because'>, finished: boolean): Outcome | null {
  if (finished) return 'success';
  switch (visit.state) {
    case 'signing':
    case 'signed':
      return 'success';
    case 'declined':
      return 'decline';
    case 'expired_link':
    case 'link_ended':
      return 'expired';
    case 'not_needed':
    case 'delegated':
      return 'failure';
    case 'ended':
      if (visit.ended_because === 'completed') return 'success';
      return visit.ended_because === 'expired' ? 'expired' : 'failure';
    default:
      return null;
  }
}

/** What the site is told of somebody who sent it themselves by an address for editing, and went on to sign. */
const OF_INITIATOR: Record<Outcome, string> = {
  success: 'SIGNATURE_SUCCESS',
  decline: 'SIGNATURE_DECLINE',
  failure: 'SIGNATURE_CANCELLED',
  expired: 'SIGNATURE_CANCELLED',
};

/** Where the browser goes on, with `status` in the query; `null` where the sender named no such address. */
export function returnAddress(returns: Returns | undefined, outcome: Outcome, initiator = false): URL | null {
  const wanted = { success: returns?.done, decline: returns?.declined, failure: returns?.failed, expired: returns?.failed }[outcome];
  return wanted ? withStatus(wanted, initiator ? OF_INITIATOR[outcome] : outcome) : null;
}

/** An address of the web with `status` in its query; `null` for what is none. */
export function withStatus(wanted: string, status: string): URL | null {
  try {
    const address = new URL(wanted);
    if (address.protocol !== 'https:' && address.protocol !== 'http:') return null;
    address.searchParams.set('status', status);
    return address;
  } catch {
    return null;
  }
}
