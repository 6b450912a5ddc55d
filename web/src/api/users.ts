import { sendJson } from './request.ts';

export const USER_ROLES = ['member', 'admin', 'owner'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Somebody who works here. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  /** Whether they may sign in. */
  enabled: boolean;
}

export const usersApi = {
  list: async () => (await sendJson<{ items: User[] }>('desk', '/v1/users')).items,
  invite: (who: { email: string; name: string; role: UserRole; language: string }) =>
    sendJson<User>('desk', '/v1/users', { method: 'POST', body: who }),
  change: (id: string, change: { role?: UserRole; enabled?: boolean }) =>
    sendJson<User>('desk', `/v1/users/${encodeURIComponent(id)}`, { method: 'PATCH', body: change }),
};
