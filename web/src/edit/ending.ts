import { withStatus } from '../sign/returns/returns.ts';

/** How a visit at an address for editing ends. */
export type Ending = 'updated' | 'sent' | 'discarded' | 'unsigned';

/** What the site that gave the address is told. */
const STATUS: Record<Ending, string> = {
  updated: 'WORKFLOW_UPDATED',
  sent: 'WORKFLOW_LAUNCHED',
  discarded: 'WORKFLOW_CANCELED',
  unsigned: 'SIGNATURE_CANCELLED',
};

export function statusOf(ending: Ending): string {
  return STATUS[ending];
}

/** Where the browser goes on, with `status` in the query; `null` where no such address was named. */
export function wayBack(returnUrl: string | null, ending: Ending): URL | null {
  return returnUrl === null ? null : withStatus(returnUrl, STATUS[ending]);
}
