/** What somebody at an address for editing does when they are done with it. */
export interface GuestWays {
  /** It is saved, and they leave it as it is. */
  left: () => void;
  sent: () => void;
  discarded: () => void;
}
