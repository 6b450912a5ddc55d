/** The mails there are, in the order in which somebody looks for one; a kind that is not here comes last. */
export const MAIL_GROUPS: { group: 'ask' | 'end' | 'sender' | 'users'; kinds: string[] }[] = [
  { group: 'ask', kinds: ['invitation', 'your_turn', 'invitation_approve', 'invitation_view', 'invitation_fill', 'invitation_host', 'reminder', 'code'] },
  { group: 'end', kinds: ['completed', 'copy', 'declined', 'cancelled', 'expired', 'download_link_renewed'] },
  {
    group: 'sender',
    kinds: ['acted_sender', 'completed_sender', 'declined_sender', 'cancelled_sender', 'expired_sender', 'delegation_sender', 'locked_sender', 'vacant_role_sender', 'bounced_sender'],
  },
  { group: 'users', kinds: ['sign_in', 'user_invitation'] },
];

/** The groups with what the server really has; what it has besides is put at the end. */
export function grouped(kinds: readonly string[]): { group: string; kinds: string[] }[] {
  const known = new Set(MAIL_GROUPS.flatMap((one) => one.kinds));
  return MAIL_GROUPS.map(({ group, kinds: all }) => ({
    group,
    kinds: [...all.filter((kind) => kinds.includes(kind)), ...(group === 'users' ? kinds.filter((kind) => !known.has(kind)) : [])],
  })).filter((one) => one.kinds.length > 0);
}
