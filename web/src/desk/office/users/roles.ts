import type { User, UserRole } from '../../../api/users.ts';

/** What somebody of this role may make of others; the server has the last word. */
export function offeredRoles(all: readonly UserRole[], own: UserRole): UserRole[] {
  return all.filter((role) => role !== 'owner' || own === 'owner');
}

/** What is offered for a user to whoever is signed in. */
export function possibleFor(user: User, self: { id: string; role: UserRole }): ('role' | 'off' | 'on')[] {
  if (self.role === 'member' || (user.role === 'owner' && self.role !== 'owner')) return [];
  if (!user.enabled) return ['on'];
  return user.id === self.id ? [] : ['role', 'off'];
}

/** To whom something can be handed over: colleagues who may sign in, but for whose it is. */
export function colleagues(users: readonly User[], of: string): User[] {
  return users.filter((user) => user.enabled && user.email.toLowerCase() !== of.toLowerCase());
}
