import type { Finding } from '../../api/problem.ts';
import { signs, takesFields } from '../../api/people.ts';
import { sendable } from './convert.ts';
import { groupsInUse } from './links.ts';
import { readers, sees } from './visibility.ts';
import { checkMethods, isHalfAnAddress, isHalfTyped, looksLikeAddress, needsAddress } from './check-person.ts';
import type { DraftContent, DraftPerson } from './shape.ts';

/** What a finding is about, so that it can be shown beside the thing. */
export type Where =
  | { kind: 'title' }
  | { kind: 'documents'; key?: string }
  | { kind: 'visibility'; key: string }
  | { kind: 'people'; key?: string; part?: PersonPart; method?: number }
  | { kind: 'place'; key: string; part?: string }
  | { kind: 'days' }
  | { kind: 'settings'; part: SettingsPart }
  | { kind: 'draft' };

/** What of a person a finding is about; the rest stands below them. */
export const PERSON_PARTS = ['name', 'email', 'phone', 'authentication', 'placeholder', 'host', 'witness_of', 'mandate', 'subject', 'message'] as const;
export type PersonPart = (typeof PERSON_PARTS)[number];

export const SETTINGS_PARTS = ['reminders', 'step_limits', 'mails', 'returns', 'rules'] as const;
export type SettingsPart = (typeof SETTINGS_PARTS)[number];

/** `code` names our own sentence (`desk.check.CODE`); `text` is the server's, for a code that we have none for. */
export interface Found {
  where: Where;
  code?: string;
  text?: string;
}

/** Whether the server takes it as a draft: much may be missing, nothing may be half written. */
export function canBeKept(content: DraftContent): boolean {
  return !content.people.some(isHalfTyped) && !isHalfAnAddress(content.mails.reply_to) && content.documents.length > 0 && daysFit(content.days);
}

function daysFit(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= 365;
}

/** What has to be right before fields are placed. */
export function checkBasics(content: DraftContent): Found[] {
  const found: Found[] = [];
  if (content.documents.length === 0) found.push({ where: { kind: 'documents' }, code: 'document_missing' });
  if (content.title.trim() === '') found.push({ where: { kind: 'title' }, code: 'title_missing' });
  if (content.people.length === 0) found.push({ where: { kind: 'people' }, code: 'people_missing' });
  for (const person of content.people) found.push(...checkPerson(content, person));
  if (!daysFit(content.days)) found.push({ where: { kind: 'days' }, code: 'expiry_malformed' });
  return found;
}

function checkPerson(content: DraftContent, person: DraftPerson): Found[] {
  const missing = (part: PersonPart, code: string): Found => ({ where: { kind: 'people', key: person.key, part }, code });
  const found: Found[] = [];
  if (person.vacant) {
    if (person.placeholder.trim() === '') found.push(missing('placeholder', 'placeholder_missing'));
    if (content.rules.placeholders !== 'turn') found.push(missing('placeholder', 'role_vacant'));
  } else if (person.name.trim() === '') {
    found.push(missing('name', 'name_missing'));
  }
  if (isHalfAnAddress(person.email) || (!person.vacant && needsAddress(person) && !looksLikeAddress(person.email))) {
    found.push(missing('email', 'email_malformed'));
  }
  const known = (key: string) => content.people.some((one) => one.key === key);
  if (person.role === 'in_person_signer' && !known(person.host)) found.push(missing('host', 'host_missing'));
  if (person.role === 'witness' && !known(person.witnessOf)) found.push(missing('witness_of', 'witnessed_missing'));
  if (person.role === 'automatic_signer' && person.mandate.trim() === '') found.push(missing('mandate', 'mandate_missing'));
  return [...found, ...checkMethods(person)];
}

/** What has to be right before it can be sent; the server has the last word. */
export function checkAll(content: DraftContent): Found[] {
  const found = checkBasics(content);
  const signers = content.people.filter((person) => signs(person.role));
  if (content.people.length > 0 && signers.length === 0) found.push({ where: { kind: 'people' }, code: 'signer_missing' });
  for (const signer of signers) {
    const has = content.places.some((place) => place.person === signer.key && place.type === 'signature');
    if (!has && content.rules.place_required !== false) found.push({ where: { kind: 'people', key: signer.key }, code: 'place_missing' });
  }
  for (const document of content.documents) {
    if (document.visibleTo?.length === 0) found.push({ where: { kind: 'visibility', key: document.key }, code: 'document_without_reader' });
  }
  for (const person of readers(content.people)) {
    if (content.documents.length > 0 && !content.documents.some((document) => sees(document, person.key))) {
      found.push({ where: { kind: 'people', key: person.key }, code: 'recipient_without_document' });
    }
  }
  for (const place of content.places) {
    const person = content.people.find((one) => one.key === place.person);
    if (!person) continue;
    const where: Where = { kind: 'place', key: place.key };
    const document = content.documents.find((one) => one.key === place.document);
    if (document && !sees(document, person.key)) found.push({ where: { ...where, part: 'document' }, code: 'field_in_unseen_document' });
    if (person.role === 'copy') found.push({ where, code: 'copy_with_fields' });
    else if (!takesFields(person.role)) found.push({ where, code: 'role_takes_no_fields' });
    else if (person.role === 'filler' && (place.type === 'signature' || place.type === 'initials')) found.push({ where, code: 'filler_with_signature' });
  }
  return found;
}

/** A finding of the server at the thing that its JSON pointer names; lists are counted from 0 there. */
export function place(finding: Finding, content: DraftContent): Found {
  const [list, index, part, deeper] = finding.pointer.split('/').slice(1);
  const { detail: text, code } = finding;
  const at = Number(index);
  if (list === 'title') return { where: { kind: 'title' }, code, text };
  const document = list === 'documents' ? content.documents[at] : undefined;
  if (document && part === 'visible_to') return { where: { kind: 'visibility', key: document.key }, code, text };
  if (list === 'documents') return { where: { kind: 'documents', key: content.documents[at]?.key }, code, text };
  if (list === 'recipients') {
    const known = PERSON_PARTS.find((one) => one === part);
    const method = part === 'authentication' && deeper !== undefined ? Number(deeper) : undefined;
    return { where: { kind: 'people', key: content.people[at]?.key, part: known, method }, code, text };
  }
  const field = list === 'fields' ? sendable(content)[at] : undefined;
  const key = finding.pointer.split('/').slice(3).join('/');
  if (field) return { where: { kind: 'place', key: field.key, ...(key ? { part: key } : {}) }, code, text };
  if (list === 'groups') {
    // A group has no place of its own: what is wrong with it stands at its first field.
    const group = groupsInUse(content.groups, content.places)[at]?.key;
    const member = content.places.find((one) => one.group === group && group !== undefined);
    if (member) return { where: { kind: 'place', key: member.key, part: 'group' }, code, text };
  }
  if (list === 'expires_in_days' || list === 'expires_at') return { where: { kind: 'days' }, code, text };
  const setting = SETTINGS_PARTS.find((one) => one === list);
  if (setting) return { where: { kind: 'settings', part: setting }, code, text };
  return { where: { kind: 'draft' }, code, text };
}
