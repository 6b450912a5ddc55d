import { describe, expect, test } from 'vitest';
import type { Envelope, EnvelopeRecipient } from '../src/api/desk.ts';
import { ROLES } from '../src/api/people.ts';
import { canBeKept, checkAll, checkBasics, place } from '../src/desk/draft/check.ts';
import { compactPhone, noteTaken } from '../src/desk/draft/convert-person.ts';
import { fromEnvelope, toDraft } from '../src/desk/draft/convert.ts';
import { emptyDraft, emptyPerson, newMethod, type DraftContent, type DraftPerson } from '../src/desk/draft/shape.ts';
import { possibleFor, possibleForAll } from '../src/desk/envelope/possible.ts';

const person = (name: string, more: Partial<DraftPerson> = {}): DraftPerson => ({
  ...emptyPerson('en'),
  key: name,
  name,
  email: `${name.toLowerCase()}@example.com`,
  ...more,
});

function draft(...people: DraftPerson[]): DraftContent {
  return {
    ...emptyDraft('en', 'UTC', false),
    title: 'Lease',
    documents: [{ key: 'd', upload: 'upl_1', title: 'Lease', pages: [{ width: 595, height: 842 }], signatures: 0, certification: null }],
    people,
  };
}

const codes = (content: DraftContent) => checkBasics(content).map(({ code }) => code);

describe('a person of a draft', () => {
  test('comes back from the server as they went, with everything that can be said of them', () => {
    const sent = toDraft({
      ...draft(
        person('Hal', { role: 'host' }),
        person('Ana', { role: 'in_person_signer', host: 'Hal', phone: '+33612345678', subject: 'For Ana', message: 'As agreed' }),
        person('Wim', { role: 'witness', witnessOf: 'Ana', optional: true, methods: [{ ...newMethod('secret'), question: 'First pet?', set: true }, newMethod('totp')] }),
        person('', { key: 'v', email: '', vacant: true, placeholder: 'Tenant', arrival: 'handed' }),
        person('Bot', { role: 'automatic_signer', mandate: 'Board decision 7', returns: { done: 'https://a.example/x' } }),
      ),
      rules: { completion: 'required', decline_ends: 'recipient', combined_methods: 'free' },
      reminders: { first_after_days: 3, every_days: 2, before_expiry_days: [7, 2], hour: 8 },
      stepLimits: [{ step: 2, days: 5 }],
      mails: { subject: 'Please', sender_name: 'Acme', reply_to: 'a@example.com', to_sender: true, attach_documents: true },
      returns: { declined: 'https://a.example/no' },
    });
    expect(sent.recipients.map((one) => [one.host, one.witness_of, one.placeholder])).toEqual([
      [null, null, null],
      [1, null, null],
      [null, 2, null],
      [null, null, 'Tenant'],
      [null, null, null],
    ]);
    const answered = { ...sent, documents: [{ ...sent.documents[0], number: 1, pages: [], signatures: 0 }], created_at: '', expires_at: null } as unknown as Envelope;
    // The server says that an answer is there, and never which.
    const secret = answered.recipients[2]!.authentication![0]!;
    Object.assign(secret, { answer_set: true });
    const again = toDraft(fromEnvelope(answered));
    Object.assign(again.recipients[2]!.authentication![0]!, { answer_set: true });
    expect({ ...again, documents: [] }).toEqual({ ...sent, documents: [] });
  });

  test('keeps a host and a witness by who they are when people change places', () => {
    const content = draft(person('Hal', { role: 'host' }), person('Ana', { role: 'in_person_signer', host: 'Hal' }));
    content.people.reverse();
    expect(toDraft(content).recipients[0]).toMatchObject({ name: 'Ana', host: 2 });
  });

  test('sends a PIN once, and again only when another one was typed', () => {
    const content = draft(person('Ana', { methods: [{ ...newMethod('pin'), value: '4711' }] }));
    expect(toDraft(content).recipients[0]!.authentication).toEqual([{ method: 'pin', pin: '4711' }]);
    noteTaken(content.people, structuredClone(content.people));
    expect(toDraft(content).recipients[0]!.authentication).toEqual([{ method: 'pin' }]);
    content.people[0]!.methods[0]!.value = '0815';
    expect(toDraft(content).recipients[0]!.authentication).toEqual([{ method: 'pin', pin: '0815' }]);
  });

  test('is not sent while a PIN, an answer or a telephone number is half written', () => {
    const half: Partial<DraftPerson>[] = [
      { methods: [newMethod('pin')] },
      { methods: [{ ...newMethod('pin'), value: '12' }] },
      { methods: [{ ...newMethod('secret'), question: 'Which?' }] },
      { phone: '+33 6 12' },
    ];
    for (const more of half) expect(canBeKept(draft(person('Ana', more))), JSON.stringify(more)).toBe(false);
    expect(canBeKept(draft(person('Ana', { phone: '+33 6 12 34 56 78', methods: [{ ...newMethod('pin'), set: true }] })))).toBe(true);
  });

  test('lacks what their part and their proofs ask for', () => {
    expect(codes(draft(person('Ana', { role: 'in_person_signer', email: '' })))).toEqual(['host_missing']);
    expect(codes(draft(person('Ana', { role: 'witness', witnessOf: 'gone' })))).toEqual(['witnessed_missing']);
    expect(codes(draft(person('Bot', { role: 'automatic_signer', email: '' })))).toEqual(['mandate_missing']);
    expect(codes(draft(person('Ana', { methods: [newMethod('sms_code')] })))).toEqual(['phone_missing']);
    expect(codes(draft(person('Ana', { email: '', arrival: 'handed' })))).toEqual([]);
    expect(codes(draft(person('Ana', { email: '', arrival: 'handed', methods: [newMethod('email_code')] })))).toEqual(['email_malformed']);
    const vacant = draft(person('', { email: '', vacant: true, placeholder: 'Tenant' }));
    expect(codes(vacant)).toEqual(['role_vacant']);
    expect(codes({ ...vacant, rules: { placeholders: 'turn' } })).toEqual([]);
  });

  test('signs in four of the nine parts, and needs a place for it', () => {
    const signing = ROLES.filter((role) => {
      const found = checkAll(draft(person('Ana', { role, host: 'Ana', witnessOf: 'Ana', mandate: 'M' })));
      return found.some(({ code }) => code === 'place_missing');
    });
    expect(signing).toEqual(['signer', 'in_person_signer', 'automatic_signer', 'witness']);
  });

  test('gets a telephone number as people write it', () => {
    expect(['+33 6 12 34 56 78', '0033.612.345.678', '+1 (212) 555-0100'].map(compactPhone)).toEqual(['+33612345678', '+33612345678', '+12125550100']);
  });

  test('has the findings of the server beside the method or the setting that they are about', () => {
    const content = draft(person('Ana'), person('Bo'));
    const at = (pointer: string) => place({ pointer, detail: 'x' }, content).where;
    expect(at('/recipients/1/authentication')).toEqual({ kind: 'people', key: 'Bo', part: 'authentication' });
    expect(at('/recipients/1/authentication/1/pin')).toEqual({ kind: 'people', key: 'Bo', part: 'authentication', method: 1 });
    expect(at('/recipients/0/phone')).toEqual({ kind: 'people', key: 'Ana', part: 'phone' });
    expect(at('/reminders/hour')).toEqual({ kind: 'settings', part: 'reminders' });
    expect(at('/rules/part_11/meanings')).toEqual({ kind: 'settings', part: 'rules' });
  });
});

describe('what can be done', () => {
  const recipient = (more: object) => ({ number: 1, name: 'Ana', email: 'a@example.com', role: 'signer', step: 1, status: 'invited', arrival: 'mail', placeholder: null, ...more }) as EnvelopeRecipient;
  const envelope = (more: object, ...recipients: EnvelopeRecipient[]) => ({ status: 'in_progress', shelf: 'desk', recipients, ...more }) as Envelope;

  test('with a person depends on their turn, their part and how they come', () => {
    const of = (more: object, status = 'in_progress') => possibleFor(envelope({ status }), recipient(more));
    expect(of({})).toEqual(['remind', 'resend', 'correct', 'replace', 'remove']);
    expect(of({ status: 'waiting' })).toEqual(['correct', 'replace', 'remove']);
    expect(of({ arrival: 'handed' })).toEqual(['link', 'correct', 'replace', 'remove']);
    expect(of({ placeholder: 'Tenant', name: '' })).toEqual(['replace', 'remove']);
    expect(of({ role: 'copy', status: 'waiting' })).toEqual(['correct', 'replace']);
    expect(of({ status: 'signed' })).toEqual([]);
    expect(of({}, 'expired')).toEqual([]);
  });

  test('with the whole of it depends on whether it runs and where it lies', () => {
    const of = (more: object, theirs = true) => possibleForAll(envelope(more, recipient({})), theirs);
    expect(of({})).toEqual(['remind', 'extend', 'hand_over', 'template', 'archive']);
    expect(of({}, false)).toEqual(['remind', 'extend', 'template', 'archive']);
    expect(of({ status: 'expired' })).toEqual(['extend', 'hand_over', 'template', 'archive', 'trash', 'delete']);
    expect(of({ status: 'completed', shelf: 'trash' })).toEqual(['hand_over', 'template', 'restore', 'delete']);
    expect(of({ status: 'completed', shelf: 'deleted' })).toEqual([]);
  });
});
