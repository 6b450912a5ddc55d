import type { Finding } from '../../api/problem.ts';
import type { DraftContent } from './shape.ts';

/** What a finding is about, so that it can be shown beside the thing. */
export type Where =
  | { kind: 'title' }
  | { kind: 'documents'; key?: string }
  | { kind: 'people'; key?: string; part?: 'name' | 'email' }
  | { kind: 'place'; key: string }
  | { kind: 'days' }
  | { kind: 'draft' };

/** `code` names our own sentence (`desk.check.CODE`); `text` is the server's, for a code that we have none for. */
export interface Found {
  where: Where;
  code?: string;
  text?: string;
}

/** Whether the server takes it as a draft: much may be missing, nothing may be half written. */
export function canBeKept(content: DraftContent): boolean {
  const whole = content.people.every((person) => person.email.trim() === '' || looksLikeAddress(person.email));
  return whole && content.documents.length > 0 && daysFit(content.days);
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
  for (const person of content.people) {
    if (person.name.trim() === '') found.push({ where: { kind: 'people', key: person.key, part: 'name' }, code: 'name_missing' });
    if (!looksLikeAddress(person.email)) found.push({ where: { kind: 'people', key: person.key, part: 'email' }, code: 'email_malformed' });
  }
  if (!daysFit(content.days)) found.push({ where: { kind: 'days' }, code: 'expiry_malformed' });
  return found;
}

/** What has to be right before it can be sent; the server has the last word. */
export function checkAll(content: DraftContent): Found[] {
  const found = checkBasics(content);
  const signers = content.people.filter((person) => person.role === 'signer');
  if (content.people.length > 0 && signers.length === 0) found.push({ where: { kind: 'people' }, code: 'signer_missing' });
  for (const signer of signers) {
    const signs = content.places.some((place) => place.person === signer.key && place.type === 'signature');
    if (!signs) found.push({ where: { kind: 'people', key: signer.key }, code: 'place_missing' });
  }
  for (const place of content.places) {
    const person = content.people.find((one) => one.key === place.person);
    if (person?.role === 'copy') found.push({ where: { kind: 'place', key: place.key }, code: 'copy_with_fields' });
  }
  return found;
}

/** A finding of the server at the thing that its JSON pointer names; lists are counted from 0 there. */
export function place(finding: Finding, content: DraftContent): Found {
  const [list, index, part] = finding.pointer.split('/').slice(1);
  const { detail: text, code } = finding;
  const at = Number(index);
  if (list === 'title') return { where: { kind: 'title' }, code, text };
  if (list === 'documents') return { where: { kind: 'documents', key: content.documents[at]?.key }, code, text };
  if (list === 'recipients') {
    const known = part === 'name' || part === 'email' ? part : undefined;
    return { where: { kind: 'people', key: content.people[at]?.key, part: known }, code, text };
  }
  const field = list === 'fields' ? content.places[at] : undefined;
  if (field) return { where: { kind: 'place', key: field.key }, code, text };
  if (list === 'expires_in_days' || list === 'expires_at') return { where: { kind: 'days' }, code, text };
  return { where: { kind: 'draft' }, code, text };
}

/** Only what no address can do without; whether mail arrives, mail alone can tell. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}
