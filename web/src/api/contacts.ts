import { sendJson } from './request.ts';

/** Somebody in the address book. */
export interface Contact {
  id: string;
  name: string;
  email: string;
  phone: string;
  language: string;
  company: string;
  title: string;
  /** In the address book of tests. */
  test: boolean;
}

export type ContactWords = Omit<Contact, 'id' | 'test'>;

export interface ContactPage {
  items: Contact[];
  next_cursor: string | null;
}

const at = (id: string) => `/v1/contacts/${encodeURIComponent(id)}`;

/** The address book; there is one for tests, and one for what is done in earnest. */
export const contactsApi = {
  list(query: { q?: string; test: boolean; limit?: number; cursor?: string }, signal?: AbortSignal): Promise<ContactPage> {
    const words = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') words.set(key, String(value));
    return sendJson('desk', `/v1/contacts?${words}`, { signal });
  },
  create: (contact: ContactWords, test: boolean) => sendJson<Contact>('desk', '/v1/contacts', { method: 'POST', body: { ...contact, test } }),
  change: (id: string, change: Partial<ContactWords>) => sendJson<Contact>('desk', at(id), { method: 'PATCH', body: change }),
  remove: (id: string) => sendJson<void>('desk', at(id), { method: 'DELETE' }),
};
