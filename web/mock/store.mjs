import { contractPdf } from './pdf.mjs';

/** Everything the mock knows, gone when it stops. */
export const A4 = { width: 595, height: 842 };
export const uploads = new Map();
export const envelopes = new Map();
let counter = 0;

export const id = (prefix) => `${prefix}_${String((counter += 1)).padStart(6, '0')}`;
export const user = { name: 'Marie Tremblay', email: 'marie@example.com' };
export const clock = (minutesAgo = 0) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

export function addUpload(filename, bytes, pages) {
  const upload = {
    id: id('upl'), filename, digest: 'a3'.repeat(32), size: bytes.length, pages: Array.from({ length: pages }, () => A4),
    signatures: 0, certification: null, encrypted: false, rewritten: null,
  };
  uploads.set(upload.id, { upload, bytes });
  return upload;
}

export function addEnvelope(draft, extra = {}) {
  const envelope = {
    id: id('env'), status: 'draft', test: false, version: 1, created_at: clock(90), updated_at: clock(30), sent_at: null, ended_at: null,
    expires_at: null, sender: user, problem: null, ...shape(draft), ...extra,
  };
  envelopes.set(envelope.id, envelope);
  return envelope;
}

/** A draft as the answer shows it: numbers, digests and page sizes added. */
export function shape(draft) {
  return {
    ...draft,
    documents: draft.documents.map((document, index) => {
      const known = uploads.get(document.upload)?.upload;
      return { ...document, number: index + 1, digest: known?.digest ?? '', pages: known?.pages ?? [], signatures: 0 };
    }),
    recipients: draft.recipients.map((recipient, index) => ({
      status: 'created', delivery: null, acted_at: null, decline_reason: null, ...recipient, number: index + 1,
    })),
    fields: draft.fields.map((field, index) => ({ ...field, id: field.id ?? `fld_${index + 1}` })),
  };
}

const lease = addUpload('lease.pdf', contractPdf('Lease of a flat', 5), 5);
const annex = addUpload('annex.pdf', contractPdf('Annex 1', 2), 2);
export const seedDraft = {
  title: 'Lease, 12 rue des Érables',
  documents: [{ upload: lease.id, title: 'Lease of a flat' }, { upload: annex.id, title: 'Annex 1' }],
  recipients: [
    { name: 'Jean Dupont', email: 'jean@example.com', role: 'signer', step: 1, language: 'en' },
    { name: 'Ana Kovač', email: 'ana@example.com', role: 'signer', step: 2, language: 'fr' },
    { name: 'Notary Roy', email: 'roy@example.com', role: 'copy', step: 3, language: 'en' },
  ],
  fields: [
    { type: 'initials', document: 1, page: 1, x: 470, y: 770, width: 72, height: 36, recipient: 1, required: true, label: '' },
    { type: 'text', document: 1, page: 2, x: 72, y: 430, width: 220, height: 24, recipient: 1, required: true, label: 'Account for the rent' },
    { type: 'checkbox', document: 1, page: 2, x: 72, y: 480, width: 18, height: 18, recipient: 1, required: false, label: 'I keep a pet' },
    { type: 'signature', document: 1, page: 5, x: 72, y: 600, width: 190, height: 52, recipient: 1, required: true, label: '' },
    { type: 'date_signed', document: 1, page: 5, x: 72, y: 662, width: 110, height: 24, recipient: 1, required: true, label: '' },
    { type: 'signature', document: 1, page: 5, x: 320, y: 600, width: 190, height: 52, recipient: 2, required: true, label: '' },
    { type: 'signature', document: 2, page: 2, x: 72, y: 600, width: 190, height: 52, recipient: 1, required: true, label: '' },
  ],
  message: 'Please sign before Friday; the keys are ready.', language: 'en', time_zone: 'America/Montreal', expires_in_days: 30,
};

const people = (...status) => ({ recipients: seedDraft.recipients.map((one, index) => ({ ...one, status: status[index] ?? 'created' })) });
export const sent = addEnvelope({ ...seedDraft, ...people('invited', 'waiting', 'waiting') }, { status: 'in_progress', sent_at: clock(80), expires_at: clock(-40_000) });
addEnvelope({ ...seedDraft, title: 'Garden works', ...people('signed', 'signed', 'ended') }, { status: 'completed', sent_at: clock(8000), ended_at: clock(4000), updated_at: clock(4000) });
addEnvelope({ ...seedDraft, title: 'Insurance of the house', ...people('declined', 'waiting', 'waiting') }, { status: 'declined', sent_at: clock(9000), ended_at: clock(5000), updated_at: clock(5000) });
addEnvelope({ ...seedDraft, title: 'Caretaker contract' });
addEnvelope({ ...seedDraft, title: 'A rehearsal', ...people('signed', 'invited', 'waiting') }, { status: 'in_progress', test: true, sent_at: clock(60) });
