import { uploads } from './store.mjs';

/** Visits by token. Tokens that begin with a state word show that state, e.g. /s/waiting or /s/ended-cancelled. */
const visits = new Map();

export function openVisit(token, envelope, number) {
  if (!visits.has(token)) visits.set(token, { envelope, number, state: 'consent', values: {}, revision: 1 });
}

export function ceremony(path, method, token, body, envelope) {
  if (token === 'unknown') return refuse(404, 'link_unknown', 'No such link.');
  if (token === 'used') return refuse(410, 'link_ended', 'This link has ended.');
  openVisit(token, envelope, 1);
  const visit = visits.get(token);
  const [state, because] = token.split('-');
  if (['waiting', 'signing', 'signed', 'declined', 'ended', 'expired_link', 'download'].includes(state)) {
    visit.state = state;
    visit.because = because ?? null;
  }
  if (path === '' && method === 'GET') return ok(show(visit));
  if (path === '/consent') return (visit.state = 'ready'), ok(show(visit));
  if (path === '/values') return (visit.values = body.values), { status: 204 };
  if (path === '/decline') return (visit.state = 'declined'), ok({ state: 'declined' });
  if (path === '/renew') return { status: 202, json: {} };
  if (path === '/finish') return finish(visit, body);
  const number = /^\/documents\/(\d+)$/.exec(path)?.[1];
  if (number || path === '/audit.pdf') {
    const document = visit.envelope.documents[Number(number ?? 1) - 1];
    return { status: 200, bytes: uploads.get(document.upload).bytes, type: 'application/pdf' };
  }
  return refuse(404, 'not_found', 'Not found.');
}

function finish(visit, body) {
  if (body.signature?.kind === 'typed' && /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\s.'-]/u.test(body.signature.text)) {
    return refuse(422, 'text_not_drawable', 'Not drawable.', [{ pointer: '/signature/text', detail: 'not drawable' }]);
  }
  if (Object.values(body.values).includes('moved') && visit.revision === 1) {
    visit.revision = 2;
    return refuse(409, 'revision_moved', 'Moved.');
  }
  const wrong = Object.entries(body.values).find(([, value]) => value === 'bad');
  if (wrong) return refuse(422, 'field_required', 'Required.', [{ pointer: `/values/${wrong[0]}`, detail: 'Required' }]);
  visit.state = 'signed';
  return ok({ state: 'signed', download: null });
}

function show(visit) {
  const { envelope, number } = visit;
  const recipient = envelope.recipients[number - 1];
  const full = visit.state === 'ready' || visit.state === 'download';
  return {
    state: visit.state, title: envelope.title, message: envelope.message, test: envelope.test, language: recipient.language,
    sender: envelope.sender, recipient: { number, name: recipient.name, email: recipient.email },
    consent: { version: '1', text: [
      'You can read and sign these documents on this screen. A signature made here has the same effect as one made by hand.',
      'You may ask for paper copies, and you may stop at any time by closing this page.',
      'To read and keep the documents you need a web browser and a program that shows PDF files.',
      'We record when you open, read and sign, and from which network address, as proof for everyone who signs.',
    ] },
    ended_because: visit.because ?? null, expires_at: envelope.expires_at, audit: visit.state === 'download',
    ...(full && {
      documents: envelope.documents.map((one) => ({ number: one.number, title: one.title, pages: one.pages, revision: `r${visit.revision}-${one.digest}` })),
      fields: envelope.fields.filter((field) => field.recipient === number).map((field) => ({ ...field, value: visit.values[field.id] ?? null })),
    }),
  };
}

const ok = (json) => ({ status: 200, json });
export const refuse = (status, code, detail, errors = []) => ({ status, json: { type: 'about:blank', title: code, status, detail, code, errors }, type: 'application/problem+json' });
