import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('../src/desk/say-trouble.ts', () => ({ sayTrouble: (error: { code?: string }) => error.code ?? 'unreachable' }));

const { DraftBook } = await import('../src/desk/draft/book.svelte.ts');
const { nothingMore } = await import('../src/desk/draft/field-more.ts');
const { emptyDraft } = await import('../src/desk/draft/shape.ts');

/** A server with one draft: it counts versions and remembers what it was sent. */
function server() {
  const state = { version: 0, sent: [] as { method: string; body: Record<string, unknown>; keepalive?: boolean }[], refuse: null as object | null };
  const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status });
  vi.stubGlobal('fetch', async (_path: string, call: RequestInit) => {
    const body = call.body ? (JSON.parse(String(call.body)) as Record<string, unknown>) : {};
    state.sent.push({ method: call.method ?? 'GET', body, ...(call.keepalive ? { keepalive: true } : {}) });
    if (state.refuse) return answer(422, state.refuse);
    if (call.method === 'PUT' && body.version !== state.version) return answer(409, { code: 'draft_moved' });
    if (call.method !== 'GET') state.version += 1;
    return answer(200, { ...body, id: 'env_1', version: state.version, status: 'draft', fields: [], documents: [], recipients: [] });
  });
  return state;
}

function book() {
  const made = new DraftBook(emptyDraft('en', 'UTC', false));
  made.addDocument({ id: 'upl_1', filename: 'Lease.pdf', digest: '', size: 1, pages: [{ width: 595, height: 842 }], signatures: 0, certification: null, encrypted: false, rewritten: null });
  return made;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a draft begins with its first document and takes its title', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  expect(state.sent.map(({ method, body }) => [method, body.title])).toEqual([['POST', 'Lease']]);
  expect([draft.id, draft.saving]).toEqual(['env_1', 'clean']);
});

test('changes in a row are saved once, on the version that was read last', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  for (const letter of ['a', 'ab', 'abc']) {
    draft.content.message = letter;
    draft.changed();
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(state.sent.map(({ method, body }) => [method, body.message, body.version])).toEqual([
    ['POST', '', undefined],
    ['PUT', 'abc', 1],
  ]);
});

test('nothing is sent while an address is half typed, and everything once it is whole', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  draft.addPerson();
  draft.content.people[0]!.email = 'ana@exam';
  draft.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect([state.sent.length, draft.saving]).toEqual([1, 'incomplete']);
  draft.content.people[0]!.email = 'ana@example.com';
  draft.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect([state.sent.length, draft.saving]).toEqual([2, 'clean']);
});

test('a draft that was changed elsewhere is not written over until the person says so', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  state.version = 7;
  draft.content.message = 'mine';
  draft.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(draft.saving).toBe('moved');
  draft.changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(state.sent).toHaveLength(2);
  await draft.resolve('mine');
  expect([draft.saving, state.sent.at(-1)?.body.message]).toEqual(['clean', 'mine']);
});

test('a refusal stands beside the thing that it is about, and goes away with the next change', async () => {
  const state = server();
  const draft = book();
  state.refuse = { code: 'text_too_long', errors: [{ pointer: '/title', code: 'text_too_long', detail: 'Too long.' }] };
  await vi.advanceTimersByTimeAsync(1000);
  expect(draft.saving).toBe('failed');
  expect(draft.findings('title')).toEqual([{ where: { kind: 'title' }, code: 'text_too_long', text: 'Too long.' }]);
  state.refuse = null;
  draft.changed();
  expect(draft.findings('title')).toEqual([]);
});

test('a server that was away for a while is asked again by itself, and sooner where there is a network again', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  const answering = fetch;
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    throw new TypeError('no network');
  });
  draft.content.message = 'kept';
  draft.changed();
  await vi.advanceTimersByTimeAsync(900);
  expect([asked, draft.saving, draft.atRisk]).toEqual([1, 'failed', true]);
  await vi.advanceTimersByTimeAsync(3_000 + 6_000);
  expect([asked, draft.saving]).toEqual([3, 'failed']);
  vi.stubGlobal('fetch', answering);
  await draft.retry();
  expect([draft.saving, draft.trouble, state.sent.at(-1)?.body.message]).toEqual(['clean', '', 'kept']);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(state.sent).toHaveLength(2);
});

test('what the rules refuse is not asked again until something is changed', async () => {
  const state = server();
  const draft = book();
  state.refuse = { code: 'text_too_long', errors: [] };
  await vi.advanceTimersByTimeAsync(1000);
  await vi.advanceTimersByTimeAsync(120_000);
  expect([state.sent.length, draft.saving]).toEqual([1, 'failed']);
});

test('what is typed before the first document is asked about before the page closes', () => {
  server();
  const draft = new DraftBook(emptyDraft('en', 'UTC', false));
  expect(draft.atRisk).toBe(false);
  draft.addPerson();
  expect(draft.atRisk).toBe(true);
});

test('removing a person takes their fields along, and nobody else’s', () => {
  server();
  const draft = book();
  const [ana, bo] = [draft.addPerson().key, draft.addPerson().key];
  const box = { x: 1, y: 1, width: 50, height: 20 };
  const place = (id: string, person: string) => ({ ...nothingMore(), ...box, key: id, id, type: 'signature' as const, person, document: draft.content.documents[0]!.key, page: 1, required: true, label: '' });
  draft.addPlaces([place('of_ana', ana), place('of_bo', bo)]);
  draft.removePerson(ana);
  expect(draft.content.places.map(({ id }) => id)).toEqual(['of_bo']);
});

test('what was not sent yet goes out when the page closes, in a way that outlives it', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  draft.content.message = 'the last words';
  draft.changed();
  expect(draft.atRisk).toBe(false);
  draft.saveOnLeaving();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.sent.at(-1)).toMatchObject({ method: 'PUT', keepalive: true, body: { message: 'the last words', version: 1 } });
  await vi.advanceTimersByTimeAsync(5000);
  expect([state.sent.length, draft.saving]).toEqual([2, 'clean']);
});

test('what is too large for that is asked for before the page closes', async () => {
  const state = server();
  const draft = book();
  await vi.advanceTimersByTimeAsync(1000);
  draft.content.message = 'x'.repeat(70_000);
  draft.changed();
  expect(draft.atRisk).toBe(true);
  draft.saveOnLeaving();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.sent).toHaveLength(1);
});

test('documents that become one keep their fields on their pages', () => {
  server();
  const draft = book();
  const upload = { id: 'upl_2', filename: 'Annex.pdf', digest: '', size: 1, pages: [{ width: 595, height: 842 }], signatures: 0, certification: null, encrypted: false, rewritten: null };
  draft.addDocument(upload);
  const [first, second] = draft.content.documents.map(({ key }) => key);
  const field = (id: string, document: string, more = {}) => ({ ...nothingMore(), key: id, id, type: 'text' as const, document, page: 1, person: '', x: 1, y: 2, width: 3, height: 4, required: false, label: '', ...more });
  const places = [{ x: 1, y: 2, width: 3, height: 4 }];
  draft.addPlaces([
    field('a', first!, { form_field: 'theirs' }),
    field('b', second!, { tag_text: { what: 'remove', page: 1, places } }),
    field('c', second!, { form_field: 'theirs' }),
  ]);
  draft.combined({ ...upload, id: 'upl_3', pages: [...upload.pages, ...upload.pages] });
  const [whole, ...others] = draft.content.documents;
  expect([whole?.upload, whole?.title, whole?.pages.length, others]).toEqual(['upl_3', 'Lease', 2, []]);
  expect(draft.content.places.map(({ id, document, page }) => [id, document === whole?.key, page])).toEqual([['a', true, 1], ['b', true, 2]]);
  expect(draft.content.places[1]?.tag_text).toEqual({ what: 'remove', page: 2, places });
});
