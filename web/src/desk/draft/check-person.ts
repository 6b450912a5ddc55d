import { comes } from '../../api/people.ts';
import type { Found } from './check.ts';
import { compactPhone } from './convert-person.ts';
import type { DraftMethod, DraftPerson } from './shape.ts';

/** Only what no address can do without; whether mail arrives, mail alone can tell. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

export function isHalfAnAddress(text: string): boolean {
  return text.trim() !== '' && !looksLikeAddress(text);
}

/** The international form: a plus sign, a country code, 7 to 15 digits in all. */
export function looksLikePhone(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(compactPhone(text));
}

/** Whether the link or a code goes to their address. */
export function needsAddress(person: DraftPerson): boolean {
  const mailed = person.arrival === 'mail' || (person.arrival === 'embedded' && (person.kept.embedding?.mail ?? false));
  const byCode = person.methods.some(({ kind }) => kind === 'email_code');
  return byCode || (mailed && person.role !== 'in_person_signer' && person.role !== 'automatic_signer');
}

export const needsPhone = (person: DraftPerson): boolean => person.methods.some(({ kind }) => kind === 'sms_code' || kind === 'voice_code');

/** Whether something is only begun, so that it is not worth a request: it is saved when it is whole. */
export function isHalfTyped(person: DraftPerson): boolean {
  const phone = person.phone.trim() !== '' && !looksLikePhone(person.phone);
  return isHalfAnAddress(person.email) || phone || person.methods.some((method) => missingOf(method) !== null);
}

/** What a method lacks, as the code of our own sentence. */
export function missingOf(method: DraftMethod): string | null {
  const typed = method.value.trim();
  if (method.kind === 'pin') {
    if (typed === '') return method.set ? null : 'pin_missing';
    return /^[\p{L}\p{Nd}]{4,12}$/u.test(typed.replace(/[\s.-]/g, '')) ? null : 'pin_malformed';
  }
  if (method.kind === 'secret') {
    if (method.question.trim() === '') return 'secret_question_missing';
    if (typed === '') return method.set ? null : 'secret_answer_missing';
    return /[\p{L}\p{N}]/u.test(typed) ? null : 'secret_answer_malformed';
  }
  return method.kind === 'custom' && method.provider.trim() === '' ? 'provider_missing' : null;
}

/** What their chain of methods lacks; which methods go together, the server says. */
export function checkMethods(person: DraftPerson): Found[] {
  const found: Found[] = [];
  if (!comes(person.role) && person.methods.length === 0) return found;
  const at = { kind: 'people' as const, key: person.key };
  person.methods.forEach((method, index) => {
    const code = missingOf(method);
    if (code) found.push({ where: { ...at, part: 'authentication', method: index }, code });
  });
  const phone = person.phone.trim();
  if (phone !== '' && !looksLikePhone(phone)) found.push({ where: { ...at, part: 'phone' }, code: 'phone_malformed' });
  else if (phone === '' && needsPhone(person) && !person.vacant) found.push({ where: { ...at, part: 'phone' }, code: 'phone_missing' });
  return found;
}
