import type { DraftRecipient, Method, PhoneWarning } from '../../api/people.ts';
import { newMethod, type DraftMethod, type DraftPerson } from './shape.ts';

/** One person as the server takes them; `numbers` gives the position of each key, from 1. */
export function toRecipient(person: DraftPerson, step: number, numbers: Map<string, number>): DraftRecipient {
  const { role } = person;
  return {
    name: person.name.trim(),
    email: person.email.trim(),
    role,
    step,
    language: person.language,
    phone: compactPhone(person.phone),
    authentication: person.methods.map(toMethod),
    placeholder: person.vacant ? person.placeholder.trim() : null,
    optional: person.optional,
    host: role === 'in_person_signer' ? (numbers.get(person.host) ?? null) : null,
    witness_of: role === 'witness' ? (numbers.get(person.witnessOf) ?? null) : null,
    mandate: role === 'automatic_signer' ? person.mandate.trim() : null,
    arrival: person.arrival,
    ...(person.arrival === 'embedded' && person.kept.embedding ? { embedding: person.kept.embedding } : {}),
    subject: person.subject.trim(),
    message: person.message.trim(),
    returns: person.returns,
    time_zone: person.kept.time_zone ?? null,
  };
}

/** A recipient of the server as they are worked on; `all` are those of the same envelope, in its order. */
export function fromRecipient(one: DraftRecipient & { key: string; together: boolean }, all: { key: string }[]): DraftPerson {
  const keyOf = (number: number | null | undefined) => (number ? (all[number - 1]?.key ?? '') : '');
  return {
    key: one.key,
    name: one.name,
    email: one.email,
    role: one.role,
    language: one.language,
    together: one.together,
    phone: one.phone ?? '',
    methods: (one.authentication ?? []).map(fromMethod),
    vacant: one.placeholder != null,
    placeholder: one.placeholder ?? '',
    optional: one.optional ?? false,
    host: keyOf(one.host),
    witnessOf: keyOf(one.witness_of),
    mandate: one.mandate ?? '',
    arrival: one.arrival ?? 'mail',
    subject: one.subject ?? '',
    message: one.message ?? '',
    returns: one.returns ?? {},
    kept: { embedding: one.embedding, time_zone: one.time_zone },
  };
}

/** A telephone number without the spaces, dots, hyphens and brackets that people write. */
export function compactPhone(text: string): string {
  return text.trim().replace(/^00/, '+').replace(/[\s.()/-]/g, '');
}

function toMethod(method: DraftMethod): Method {
  // What the server has already is not sent again: it would be kept a second time.
  const given = method.value !== '' && method.value !== method.taken ? method.value : undefined;
  switch (method.kind) {
    case 'secret':
      return { method: 'secret', question: method.question.trim(), ...(given === undefined ? {} : { answer: given }) };
    case 'pin':
      return { method: 'pin', ...(given === undefined ? {} : { pin: given }) };
    case 'custom':
      return { method: 'custom', provider: method.provider.trim(), data: method.kept.data ?? {} };
    case 'host':
      return { method: 'host', client_user_id: method.kept.client_user_id ?? null };
    case 'oidc':
      return { method: 'oidc', subject: method.kept.subject ?? null };
    default:
      return { method: method.kind };
  }
}

function fromMethod(method: Method): DraftMethod {
  const made = newMethod(method.method);
  if (method.method === 'secret') return { ...made, question: method.question, set: method.answer_set ?? false };
  if (method.method === 'pin') return { ...made, set: method.pin_set ?? false };
  if (method.method === 'custom') return { ...made, provider: method.provider, kept: { data: method.data } };
  if (method.method === 'oidc') return { ...made, kept: { subject: method.subject } };
  if (method.method === 'host') return { ...made, kept: { client_user_id: method.client_user_id } };
  return made;
}

/** Notes the telephones that the server took from the address book, where nothing was typed since. */
export function notePhones(people: DraftPerson[], sent: DraftPerson[], answered: { phone?: string }[]): void {
  sent.forEach((one, index) => {
    const now = people.find((person) => person.key === one.key);
    if (now && now.phone.trim() === '' && now.email === one.email) now.phone = answered[index]?.phone ?? '';
  });
}

/** What the server says of the numbers of these people, by their keys. */
export function phoneWarnings(people: DraftPerson[], answered: { phone_warning?: PhoneWarning | null }[]): Record<string, PhoneWarning> {
  const warned = people.flatMap(({ key }, index) => {
    const warning = answered[index]?.phone_warning;
    return warning ? [[key, warning] as const] : [];
  });
  return Object.fromEntries(warned);
}

/** Notes what the server took of the secrets that were in `sent`; what was typed since then is still to go. */
export function noteTaken(people: DraftPerson[], sent: DraftPerson[]): void {
  const before = new Map(sent.map((person) => [person.key, person]));
  for (const person of people) {
    for (const method of person.methods) {
      const went = before.get(person.key)?.methods.find((one) => one.kind === method.kind);
      if (!went || went.value === '') continue;
      method.set = true;
      method.taken = went.value;
    }
  }
}
