import { refuse } from './ceremony.mjs';
import { contractPdf } from './pdf.mjs';
import { addEnvelope, addUpload, clock, envelopes, shape, uploads, user } from './store.mjs';

let signedIn = true;

export function desk(path, method, query, body, raw) {
  if (path === '/sign-in') return { status: 202, json: {} };
  if (path === '/sign-in/confirm') {
    if (body.token === 'old') return refuse(410, 'link_ended', 'This link has ended.');
    signedIn = true;
    return { status: 200, json: { user } };
  }
  if (path === '/session' && method === 'DELETE') return (signedIn = false), { status: 204 };
  if (!signedIn) return refuse(401, 'not_signed_in', 'Sign in first.');
  if (path === '/contacts') return { status: 200, json: { items: [], next_cursor: null } };
  if (path === '/users') return { status: 200, json: { items: [{ ...user, id: 'usr_1', role: 'owner', enabled: true }] } };
  if (path === '/session') return { status: 200, json: { user: { ...user, id: 'usr_1', role: 'owner' }, tenant: { name: 'Tremblay & Co' }, dev: true, oidc_redirect_uri: 'http://127.0.0.1:8490/oidc/callback' } };
  if (path === '/uploads' && method === 'POST') return upload(query.get('filename') ?? 'file.pdf', raw);
  if (path === '/test-messages') {
    const text = `Hello Jean,\n\nMarie Tremblay asks you to sign.\n\nhttp://127.0.0.1:8490/s/test\n`;
    return { status: 200, json: [{ id: 'm1', at: clock(), channel: 'email', to: 'jean@example.com', subject: 'Please sign: A rehearsal', text, html: '' }] };
  }
  const content = /^\/uploads\/(\w+)\/content$/.exec(path)?.[1];
  if (content) return { status: 200, bytes: uploads.get(content).bytes, type: 'application/pdf' };
  if (path === '/envelopes' && method === 'GET') return list(query);
  if (path === '/envelopes') return { status: 201, json: addEnvelope(body, { test: body.test ?? false, created_at: clock(), updated_at: clock() }) };
  const [, id, rest = ''] = /^\/envelopes\/(\w+)(\/.*)?$/.exec(path) ?? [];
  const envelope = envelopes.get(id);
  if (!envelope) return refuse(404, 'not_found', 'No such thing.');
  return one(envelope, rest, method, body);
}

function upload(filename, raw) {
  if (!raw.subarray(0, 5).equals(Buffer.from('%PDF-'))) return refuse(422, 'not_a_pdf', 'This file is not a PDF.');
  if (raw.includes('/Encrypt')) return refuse(422, 'pdf_needs_password', 'Needs a password.');
  const pages = (raw.toString('latin1').match(/\/Type ?\/Page\b/g) ?? ['']).length;
  return { status: 201, json: addUpload(filename, raw, pages) };
}

function list(query) {
  const wanted = [...envelopes.values()]
    .filter((one) => (one.shelf ?? 'desk') === (query.get('shelf') ?? 'desk'))
    .filter((one) => String(one.test) === (query.get('test') ?? 'false'))
    .filter((one) => !query.get('status') || one.status === query.get('status'))
    .filter((one) => JSON.stringify([one.title, one.recipients]).toLowerCase().includes((query.get('q') ?? '').toLowerCase()))
    .sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  const from = Number(query.get('cursor') ?? 0);
  const items = wanted.slice(from, from + 20);
  return { status: 200, json: { items, next_cursor: from + 20 < wanted.length ? String(from + 20) : null } };
}

function one(envelope, rest, method, body) {
  if (rest === '' && method === 'GET') return { status: 200, json: envelope };
  if (rest === '' && method === 'PUT') {
    if (body.version !== envelope.version) return refuse(409, 'draft_moved', 'The draft was changed elsewhere.');
    Object.assign(envelope, shape(body), { version: envelope.version + 1, updated_at: clock() });
    return { status: 200, json: envelope };
  }
  if (rest === '/send') {
    const errors = envelope.recipients.flatMap((recipient, index) =>
      recipient.email.endsWith('.invalid') ? [{ pointer: `/recipients/${index}/email`, detail: 'This address cannot get mail.' }] : [],
    );
    if (errors.length) return refuse(422, 'draft_incomplete', 'The draft is not complete.', errors);
    envelope.status = 'in_progress';
    envelope.sent_at = clock();
    for (const recipient of envelope.recipients) recipient.status = recipient.step === 1 ? 'invited' : 'waiting';
    return { status: 200, json: envelope };
  }
  if (rest === '/cancel') return Object.assign(envelope, { status: 'cancelled', ended_at: clock() }), { status: 200, json: envelope };
  const shelf = { '/archive': 'archive', '/trash': 'trash', '/restore': 'desk' }[rest] ?? (method === 'DELETE' && rest === '' ? 'deleted' : null);
  if (shelf) return Object.assign(envelope, { shelf }), { status: 200, json: envelope };
  if (rest === '/extend') return Object.assign(envelope, { status: 'in_progress', ended_at: null, expires_at: clock(-1440 * body.expires_in_days) }), { status: 200, json: envelope };
  if (rest === '/remind' || rest === '/hand-over') return { status: 200, json: envelope };
  const [, which, act] = /^\/recipients\/(\d+)\/(remind|resend|unlock|remove|correct|replace|delegation)$/.exec(rest) ?? [];
  if (act) {
    const person = envelope.recipients[which - 1];
    if (act === 'remind') Object.assign(person, { reminded_at: clock() });
    if (act === 'remove') Object.assign(person, { status: 'removed' });
    if (act === 'unlock') Object.assign(person, { locked: false });
    if (act === 'correct' || act === 'replace') Object.assign(person, body, { placeholder: null });
    if (act === 'delegation') Object.assign(person, body.accept ? person.delegation : {}, { delegation: null });
    return { status: 200, json: envelope };
  }
  if (/^\/recipients\/\d+\/links$/.test(rest)) return { status: 201, json: { url: `/s/link-${envelope.id}` } };
  if (rest === '/events') {
    const steps = [['envelope_created', 'Marie Tremblay created the draft.'], ['envelope_sent', 'Marie Tremblay sent it to 3 people.'], ['recipient_invited', 'Jean Dupont was invited by e-mail.'], ['recipient_opened', 'Jean Dupont opened the link.']];
    const items = steps.map(([type, summary], index) => ({ seq: index + 1, at: clock(90 - index * 7), type, actor: {}, summary, hash: `${index}f`.repeat(32) }));
    return { status: 200, json: { items } };
  }
  const number = /^\/documents\/(\d+)$/.exec(rest)?.[1];
  if (number) return { status: 200, bytes: uploads.get(envelope.documents[number - 1].upload).bytes, type: 'application/pdf' };
  if (rest === '/audit.pdf') return { status: 200, bytes: contractPdf('Audit trail', 1), type: 'application/pdf' };
  if (rest === '/evidence.json') return { status: 200, json: { events: [] } };
  return refuse(404, 'not_found', 'No such thing.');
}
