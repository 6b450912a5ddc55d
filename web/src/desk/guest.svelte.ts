import { Refusal } from '../api/problem.ts';

/** What says that nothing more can be done by an address for editing. */
const OVER = ['already_sent', 'envelope_ended', 'draft_discarded', 'edit_link_ended', 'edit_link_expired', 'envelope_deleted'];

/** Whoever works on one draft without an account, by an address for editing. */
class Guest {
  /** Nobody is at the desk here: there is no address book, no template and no setting. */
  here = false;
  /** What came back says that it is over: in another window, by somebody else, or since time has passed. */
  over = $state(false);

  noteRefusal(error: unknown): void {
    if (this.here && error instanceof Refusal && OVER.includes(error.code)) this.over = true;
  }
}

export const guest = new Guest();
