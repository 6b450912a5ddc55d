import { uploads } from './store.mjs';

/**
 * Visits by token. Tokens that begin with a state word show that state, e.g. /s/waiting or /s/ended-cancelled;
 * /s/challenge-sms_code asks for a proof, to which 123456 is the right answer.
 */
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
  if (state === 'challenge' && !visit.challenge) Object.assign(visit, { state, challenge: asked(because ?? 'email_code') });
  if (path === '/challenge') {
    Object.assign(visit.challenge, { code_sent_at: new Date().toISOString(), next_code_at: new Date(Date.now() + 30_000).toISOString() });
    return ok({ visit: 'visit', challenge: visit.challenge, device: because === 'totp' ? { kind: 'app' } : null });
  }
  if (path === '/challenge/answer') {
    if (body.answer !== '123456') return { ...refuse(422, 'answer_wrong', 'Wrong.'), json: { code: 'answer_wrong', attempts_left: (visit.challenge.attempts_left -= 1) } };
    visit.state = 'consent';
    return ok({ visit: 'visit', ceremony: show(visit) });
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

const asked = (method) => ({
  method, destination: method === 'email_code' ? 'a••@example.org' : '+33 •••• 23', question: method === 'secret' ? 'Where did we meet?' : null,
  code_sent_at: null, next_code_at: null, attempts_left: 5, locked: false, again: false,
});

function finish(visit, body) {
  if (body.signature?.kind === 'typed' && /[\p{Script=Thai}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(body.signature.text)) {
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
    state: visit.state, challenge: visit.state === 'challenge' ? visit.challenge : null, title: envelope.title, message: envelope.message, test: envelope.test, language: recipient.language,
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
