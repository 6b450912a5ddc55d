import { FIELD_KINDS, type FieldKind } from '../../api/fields.ts';
import { signs, type Role } from '../../api/people.ts';

/** Who puts a value into a field; the same table as the server's, so that the editor offers what it takes. */
export type FilledBy = 'person' | 'act' | 'sender' | 'completion' | 'nobody';

const NOT_BY_HAND: Partial<Record<FieldKind, FilledBy>> = {
  signature: 'act',
  initials: 'act',
  date_signed: 'act',
  recipient_name: 'act',
  recipient_email: 'act',
  free_text: 'sender',
  strikethrough: 'sender',
  date_completed: 'completion',
  note: 'nobody',
  decline_button: 'nobody',
  approve_button: 'nobody',
};

export const filledBy = (kind: FieldKind): FilledBy => NOT_BY_HAND[kind] ?? 'person';

/** Filled by no recipient, so that it names none. */
export const isNobodys = (kind: FieldKind): boolean => ['sender', 'completion'].includes(filledBy(kind));

export const isText = (kind: FieldKind): boolean =>
  ['text', 'date_signed', 'multiline_text', 'boxed_text', 'number', 'email', 'date', 'dropdown', 'recipient_name', 'recipient_email', 'company', 'job_title', 'date_completed', 'free_text'].includes(kind);
export const isTicked = (kind: FieldKind): boolean => kind === 'checkbox' || kind === 'radio';
export const takesFile = (kind: FieldKind): boolean => ['attachment', 'image', 'stamp'].includes(kind);
/** Words of the sender themselves. */
export const isWords = (kind: FieldKind): boolean => kind === 'free_text' || kind === 'note';
/** Something of it becomes part of its document. */
export const standsInDocument = (kind: FieldKind): boolean => !['attachment', 'note', 'decline_button', 'approve_button'].includes(kind);
/** The recipient writes something into it. */
export const isWritten = (kind: FieldKind): boolean => filledBy(kind) === 'person' && isText(kind);
export const canBeSum = (kind: FieldKind): boolean => kind === 'number' || kind === 'text';
export const canBeJoined = (kind: FieldKind): boolean => kind === 'text' || kind === 'multiline_text';
/** It can be there only sometimes. */
export const takesCondition = (kind: FieldKind): boolean => !isNobodys(kind);
/** Something can be required of its recipient. */
export const canBeRequired = (kind: FieldKind): boolean => filledBy(kind) === 'person' || kind === 'signature' || kind === 'initials';

/** What a new field of this kind is: required unless it is a box, or nobody fills it. */
export const firstRequired = (kind: FieldKind): boolean => kind !== 'checkbox' && ['person', 'act'].includes(filledBy(kind));

/** As the palette shows them: what is needed most comes first. */
export const KIND_GROUPS: { key: 'sign' | 'write' | 'choose' | 'known' | 'files' | 'sender'; kinds: FieldKind[] }[] = [
  { key: 'sign', kinds: ['signature', 'initials', 'date_signed', 'text', 'checkbox'] },
  { key: 'write', kinds: ['multiline_text', 'boxed_text', 'number', 'email', 'date', 'company', 'job_title'] },
  { key: 'choose', kinds: ['radio', 'dropdown'] },
  { key: 'known', kinds: ['recipient_name', 'recipient_email', 'date_completed'] },
  { key: 'files', kinds: ['attachment', 'image', 'stamp'] },
  { key: 'sender', kinds: ['free_text', 'note', 'strikethrough', 'decline_button', 'approve_button'] },
];

/** What somebody with this role can have: who only fills in signs nowhere. */
export function kindsFor(role: Role): FieldKind[] {
  return FIELD_KINDS.filter((kind) => signs(role) || (kind !== 'signature' && kind !== 'initials'));
}
