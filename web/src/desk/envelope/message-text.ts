import type { Envelope, TestMessage } from '../../api/desk.ts';

export interface Part {
  text: string;
  /** Set where the part is an address. */
  href?: string;
}

/** A plain text with its web addresses apart, so that they can be followed. Nothing in it is read as HTML. */
export function parts(text: string): Part[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: part, href: part } : { text: part }));
}

/** The messages that one test envelope made: to its people, since it was sent. Other tests with them may be among these. */
export function messagesOf(envelope: Pick<Envelope, 'sent_at' | 'recipients' | 'sender'>, messages: TestMessage[]): TestMessage[] {
  if (!envelope.sent_at) return [];
  const people = new Set([envelope.sender, ...envelope.recipients].map((person) => person.email.toLowerCase()));
  const since = Date.parse(envelope.sent_at);
  return messages.filter((message) => people.has(message.to.toLowerCase()) && Date.parse(message.at) >= since);
}
