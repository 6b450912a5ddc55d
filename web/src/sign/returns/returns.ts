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

/** Where the browser goes on, with `status` in the query; `null` where the sender named no such address. */
export function returnAddress(returns: Returns | undefined, outcome: Outcome): URL | null {
  const wanted = { success: returns?.done, decline: returns?.declined, failure: returns?.failed, expired: returns?.failed }[outcome];
  if (!wanted) return null;
  try {
    const address = new URL(wanted);
    if (address.protocol !== 'https:' && address.protocol !== 'http:') return null;
    address.searchParams.set('status', outcome);
    return address;
  } catch {
    return null;
  }
}
