import { describe, expect, test } from 'vitest';
import type { Envelope } from '../src/api/desk.ts';
import { canBeKept, checkAll, checkBasics, place } from '../src/desk/draft/check.ts';
import { fromEnvelope, toDraft } from '../src/desk/draft/convert.ts';
import { nothingMore } from '../src/desk/draft/field-more.ts';
import { emptyDraft, emptyPerson, type DraftContent } from '../src/desk/draft/shape.ts';
import { isSeenAlike, seenBy } from '../src/desk/draft/visibility.ts';
import { listsIn, previewVisit } from '../src/desk/preview/preview-visit.ts';

function whole(): DraftContent {
  return {
    ...emptyDraft('en', 'Europe/Paris', false),
    title: 'Lease',
    documents: [{ key: 'd1', upload: 'upl_1', title: 'Lease', pages: [{ width: 595, height: 842 }], signatures: 0, certification: null }],
    people: [
      { ...emptyPerson('fr'), key: 'p1', name: 'Ana', email: 'ana@example.com', role: 'signer', together: false },
      { ...emptyPerson('en'), key: 'p2', name: 'Bo', email: 'bo@example.com', role: 'copy', together: true },
    ],
    places: [
      { ...nothingMore(), key: 'f1', id: 'f_1', type: 'signature', document: 'd1', page: 1, person: 'p1', x: 1, y: 2, width: 100, height: 40, required: true, label: '' },
    ],
  };
}

describe('a draft', () => {
  test('names things by position when it is sent', () => {
    const draft = toDraft(whole(), 4);
    expect(draft.version).toBe(4);
    expect(draft.recipients.map((one) => one.step)).toEqual([1, 1]);
    expect(draft.fields).toEqual([
      { id: 'f_1', type: 'signature', document: 1, page: 1, x: 1, y: 2, width: 100, height: 40, recipient: 1, required: true, label: '' },
    ]);
  });

  test('keeps its fields with their people when people change places', () => {
    const content = whole();
    content.people.reverse();
    expect(toDraft(content).fields[0]?.recipient).toBe(2);
  });

  test('keeps its fields in their documents when documents change places and names', () => {
    const content = whole();
    content.documents.push({ ...content.documents[0]!, key: 'd2', upload: 'upl_2', title: ' Annex ' });
    content.documents.reverse();
    const draft = toDraft(content);
    expect(draft.documents).toEqual([{ upload: 'upl_2', title: 'Annex' }, { upload: 'upl_1', title: 'Lease' }]);
    expect(draft.fields[0]?.document).toBe(2);
  });

  test('names who sees a document by position, and everybody by nothing', () => {
    const content = whole();
    content.documents.push({ ...content.documents[0]!, key: 'd2', visibleTo: ['p2'] });
    content.people.reverse();
    expect(toDraft(content).documents.map(({ visible_to }) => visible_to)).toEqual([undefined, [1]]);
    expect(previewVisit(content, 'p1', { name: '', email: '' }, {}).documents?.map(({ number }) => number)).toEqual([1]);
    expect(previewVisit(content, 'p2', { name: '', email: '' }, {}).documents?.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('becomes one with documents that the same people see', () => {
    expect(isSeenAlike([{}, { visibleTo: null }])).toBe(true);
    expect(isSeenAlike([{ visibleTo: ['p1', 'p2'] }, { visibleTo: ['p2', 'p1'] }])).toBe(true);
    expect(isSeenAlike([{}, { visibleTo: ['p1'] }])).toBe(false);
  });

  test('is everybody’s again when nobody is left out', () => {
    const { people } = whole();
    const without = seenBy({}, people, 'p1', false);
    expect(without).toEqual(['p2']);
    expect(seenBy({ visibleTo: without }, people, 'p2', false)).toEqual([]);
    expect(seenBy({ visibleTo: without }, people, 'p1', true)).toBeNull();
  });

  test('is not sent while somebody sees nothing, a document has no reader, or a field stands where its person sees nothing', () => {
    const content = whole();
    expect(checkAll(content)).toEqual([]);
    content.documents[0]!.visibleTo = ['p2'];
    expect(checkAll(content).map(({ code }) => code)).toEqual(['recipient_without_document', 'field_in_unseen_document']);
    content.documents[0]!.visibleTo = [];
    expect(checkAll(content).map(({ code }) => code)).toContain('document_without_reader');
    const finding = { pointer: '/documents/0/visible_to', code: 'visible_to_unknown', detail: 'x' };
    expect(place(finding, content).where).toEqual({ kind: 'visibility', key: 'd1' });
  });

  test('leaves out a field whose person or document is gone', () => {
    const content = whole();
    content.people.shift();
    expect(toDraft(content).fields).toEqual([]);
  });

  test('comes back from the server as it went', () => {
    const sent = toDraft(whole());
    const envelope = {
      ...sent,
      test: false,
      version: 1,
      created_at: '2026-01-01T00:00:00Z',
      expires_at: null,
      documents: [{ number: 1, title: 'Lease', upload: 'upl_1', digest: '', pages: [{ width: 595, height: 842 }], signatures: 0 }],
      recipients: sent.recipients.map((one, index) => ({ ...one, number: index + 1, status: 'created', acted_at: null, decline_reason: null })),
    } as unknown as Envelope;
    expect(toDraft(fromEnvelope(envelope))).toEqual(sent);
  });

  test('gives back what the desk has no control for, and a fixed end until its days are changed', () => {
    const envelope = {
      ...toDraft(whole()),
      expires_in_days: null,
      expires_at: '2026-01-11T00:00:00Z',
      created_at: '2026-01-01T00:00:00Z',
      rules: { place_required: false, decline_ends: 'recipient' },
      frame_origins: ['https://app.example.org'],
      documents: [],
      recipients: [],
    } as unknown as Envelope;
    const content = fromEnvelope(envelope);
    expect(toDraft(content)).toMatchObject({
      expires_at: '2026-01-11T00:00:00Z',
      rules: { place_required: false, decline_ends: 'recipient' },
      frame_origins: ['https://app.example.org'],
    });
    const changed = toDraft({ ...content, days: 20 });
    expect(changed.expires_in_days).toBe(20);
    expect(changed.expires_at).toBeUndefined();
  });

  test('that is whole has nothing to be put right', () => {
    expect(checkAll(whole())).toEqual([]);
  });

  test('names everything that is missing, not only the first thing', () => {
    const content = emptyDraft('en', 'UTC', false);
    content.people.push({ ...emptyPerson('en'), key: 'p', name: '', email: 'nobody', role: 'signer', together: false });
    expect(checkBasics(content).map((found) => found.code)).toEqual(['document_missing', 'title_missing', 'name_missing', 'email_malformed']);
  });

  test('with a signer who has no place to sign is not ready', () => {
    const content = whole();
    content.places = [];
    expect(checkAll(content)).toEqual([{ where: { kind: 'people', key: 'p1' }, code: 'place_missing' }]);
  });

  test('is kept with much missing, but not with a half typed address', () => {
    const content = whole();
    content.title = '';
    content.people = [{ ...emptyPerson('en'), key: 'p', name: '', email: '', role: 'signer', together: false }];
    expect(canBeKept(content)).toBe(true);
    content.people[0]!.email = 'ana@exam';
    expect(canBeKept(content)).toBe(false);
    expect(canBeKept({ ...whole(), documents: [] })).toBe(false);
  });

  test('takes 365 days and refuses 366', () => {
    expect(checkAll({ ...whole(), days: 365 })).toEqual([]);
    expect(checkAll({ ...whole(), days: 366 }).map((found) => found.code)).toEqual(['expiry_malformed']);
  });

  test('puts a finding of the server beside the thing that it is about', () => {
    const at = (pointer: string) => place({ pointer, detail: 'x' }, whole()).where;
    expect(at('/recipients/1/email')).toEqual({ kind: 'people', key: 'p2', part: 'email' });
    expect(at('/fields/0/page')).toEqual({ kind: 'place', key: 'f1', part: 'page' });
    expect(at('/fields/9')).toEqual({ kind: 'draft' });
    expect(at('/expires_in_days')).toEqual({ kind: 'days' });
    expect(at('')).toEqual({ kind: 'draft' });
  });

  test('shows in the preview only the fields of that person', () => {
    expect(previewVisit(whole(), 'p1', { name: 'Me', email: 'me@example.com' }, {}).fields).toHaveLength(1);
    expect(previewVisit(whole(), 'p2', { name: 'Me', email: 'me@example.com' }, {}).fields).toHaveLength(0);
  });

  test('shows in the preview what a built-in list offers, and the words of the sender to everybody', () => {
    const draft = whole();
    const [first] = draft.places;
    draft.places.push({ ...first!, key: 'w', id: 'w', type: 'free_text', person: '', value: 'As agreed' }, { ...first!, key: 'n', id: 'n', type: 'date_completed', person: '', value: '' });
    draft.places.push({ ...first!, key: 'c', id: 'c', type: 'dropdown', choices: { list: 'us_state_codes' } });
    expect(listsIn(draft)).toEqual(['us_state_codes']);
    const seen = (key: string) => previewVisit(draft, key, { name: 'Me', email: 'me@example.com' }, { us_state_codes: ['AL', 'DC'] }).fields!;
    expect(seen('p2').map(({ type, drawn, value }) => [type, drawn, value])).toEqual([['free_text', false, 'As agreed']]);
    expect(seen('p1').find(({ id }) => id === 'c')!.options).toEqual([{ label: 'AL', value: 'AL' }, { label: 'DC', value: 'DC' }]);
  });
});
