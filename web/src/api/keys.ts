import { sendJson } from './request.ts';

/** A key of a program, without the key itself. */
export interface ApiKey {
  id: string;
  label: string;
  live: boolean;
  revoked: boolean;
  created_at: string;
}

export const keysApi = {
  list: async () => (await sendJson<{ items: ApiKey[] }>('desk', '/v1/api-keys')).items,
  /** The answer holds the key itself, this once. */
  create: (label: string, live: boolean) =>
    sendJson<{ id: string; api_key: string }>('desk', '/v1/api-keys', { method: 'POST', body: { label, live } }),
  revoke: (id: string) => sendJson<void>('desk', `/v1/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};
