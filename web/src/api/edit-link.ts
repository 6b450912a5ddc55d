import { sendJson } from './request.ts';

/** How an address for editing stands. */
export interface EditLinkState {
  state: 'open' | 'sent' | 'discarded' | 'ended' | 'expired';
  /** Id of the draft, while it is open. */
  envelope: string | null;
  return_url: string | null;
  frame_origins: string[];
  /** Whoever is here is the next to sign. */
  signs_next: boolean;
}

export const editLinkApi = {
  read: () => sendJson<EditLinkState>('desk', '/v1/edit-link'),
  sign: () => sendJson<{ url: string }>('desk', '/v1/edit-link/sign', { method: 'POST', body: {} }),
};
