import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot } from './browser.mjs';
import { contract } from './contract.mjs';
import { openOtherSite } from './other-site.mjs';
import { startServer, until } from './server.mjs';
import { adopt, agree, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser, site, origin;
before(async () => {
  server = await startServer();
  browser = await openBrowser(['--test-third-party-cookie-phaseout']);
  site = await openOtherSite();
  ({ origin } = site);
});
after(async () => {
  await browser?.close();
  site?.close();
  await server?.stop();
});

const part = (page, name) => page.locator(`[data-edit-step="${name}"]`);
const end = (page, name) => page.locator(`[data-edit-end="${name}"]`);
const SIGNATURE = { type: 'signature', page: 3, x: 72, y: 400, width: 180, height: 50, recipient: 1 };

/** A draft as an application makes it, and an address at which somebody without an account finishes it. */
async function drafted(wish, change = {}) {
  const upload = await server.json('POST', '/v1/uploads?filename=lease.pdf', contract());
  const draft = await server.json('POST', '/v1/envelopes', {
    title: 'Lease of the boathouse',
    documents: [{ upload: upload.id, title: 'Lease' }],
    recipients: [{ name: 'Ada Lovelace', email: 'ada@example.org' }],
    fields: [SIGNATURE],
    ...change,
  });
  const link = await server.json('POST', `/v1/envelopes/${draft.id}/edit-link`, wish);
  return { id: draft.id, url: link.url, link: link.id };
}

/** A page that does not go on by itself after six seconds, however long it is looked at: the button does the same. */
async function opened(shape) {
  const page = await openPage(browser, shape);
  await page.context().addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (call, ms, ...more) => (ms === 6000 ? 0 : later(call, ms, ...more));
  });
  return page;
}

async function goBack(page, status) {
  await step(page, 'return').click();
  await page.waitForURL(`${origin}/back?order=7&status=${status}`);
}

async function addsSomebody(page, name, email) {
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name', { exact: true }).last().fill(name);
  await page.getByLabel('E-mail address').last().fill(email);
}

/** Puts a place to sign on the third page for somebody, with the mouse or a finger. */
async function placesFor(page, name) {
  await page.locator('.surface').first().waitFor();
  await page.getByLabel('Fields for').selectOption({ label: name });
  await page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name: 'Signature', exact: true }).click();
  const sheet = page.locator('.sheet[data-page="3"]');
  await sheet.scrollIntoViewIfNeeded();
  const surface = sheet.locator('.surface');
  const { width } = await surface.boundingBox();
  await surface.click({ position: { x: (170 * width) / 595, y: (560 * width) / 595 } });
}

for (const [name, shape] of [['a desktop', DESKTOP], ['a phone', PHONE]]) {
  // Seed: consigno-cloud.txt:174
  // Seed: consigno-cloud.txt:175
  test(`somebody without an account adds a person and a field, sends, and is taken back, on ${name}`, async () => {
    const width = shape.viewport.width;
    const { id, url, link } = await drafted({ return_url: `${origin}/back?order=7` });
    const page = await opened(shape);
    await page.goto(url);
    // It can be gone on with at once where nothing is missing; people and documents are one step before.
    await page.locator('.surface').first().waitFor();
    await page.getByRole('button', { name: 'Who and what' }).click();
    await addsSomebody(page, 'Grace Hopper', `grace-${width}@example.org`);
    assert.equal(await page.getByText('I sign first').count(), 0, 'nobody is at a desk here');
    await holdsUp(page, 'edit-link-details');
    await page.getByRole('button', { name: 'Next: where they sign' }).click();
    await placesFor(page, 'Grace Hopper');
    await until('both fields in the draft', async () => (await server.json('GET', `/v1/envelopes/${id}`)).fields.length === 2);
    await holdsUp(page, 'edit-link-editor');
    await page.getByRole('button', { name: 'Next: check and send' }).click();
    await holdsUp(page, 'edit-link-review');
    await page.getByRole('button', { name: 'Send now' }).click();
    await end(page, 'sent').waitFor();
    await holdsUp(page, 'edit-link-sent');
    await goBack(page, 'WORKFLOW_LAUNCHED');

    const sent = await server.status(id, 'in_progress');
    assert.deepEqual(sent.recipients.map(({ name }) => name), ['Ada Lovelace', 'Grace Hopper']);
    const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
    assert.equal(items.find(({ type }) => type === 'envelope_sent').actor.link, link);
    assert.deepEqual(await page.context().cookies(server.url), [], 'it needs no cookie and sets none');

    // Who opens it again is told what happened, and is taken nowhere by itself.
    await page.goto(url);
    await end(page, 'sent').waitFor();
    assert.equal(await page.getByText(/In a moment you are taken back/).count(), 0);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

// Seed: secured-signing.txt:486
test('others are invited inside another site, without third-party cookies, and that site is told', async () => {
  const { id, url } = await drafted({ return_url: `${origin}/back?order=7`, frame_origins: [origin] });
  site.shows(url);
  const page = await opened();
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  await frame.locator('.surface').first().waitFor();
  await frame.getByRole('button', { name: 'Who and what' }).click();
  await addsSomebody(frame, 'Grace Hopper', 'framed-grace@example.org');
  await frame.getByRole('button', { name: 'Next: where they sign' }).click();
  await placesFor(frame, 'Grace Hopper');
  await shot(page, 'edit-link-framed');
  await frame.getByRole('button', { name: 'Next: check and send' }).click();
  await frame.getByRole('button', { name: 'Send now' }).click();
  await end(frame, 'sent').waitFor();
  await server.status(id, 'in_progress');
  const heard = await until('what the page around was told', async () => {
    const all = await page.evaluate(() => heard);
    return all.some(({ type }) => type === 'finished') && all;
  });
  for (const one of heard) {
    assert.equal(one.origin, server.url);
    assert.equal(one.source, 'countersign');
    assert.doesNotMatch(JSON.stringify(one), /example\.org|Lease|Grace/, 'nothing of the people or the document is told');
  }
  const told = heard.filter(({ type }) => type !== 'resized').map(({ type, state, status }) => [type, state ?? status]);
  assert.deepEqual(told, [['loaded', 'open'], ['finished', 'WORKFLOW_LAUNCHED']]);
  assert.ok(heard.some(({ type }) => type === 'resized'));
  await step(frame, 'return').click();
  await frame.getByRole('heading', { name: 'Back at the app' }).waitFor();
  assert.equal(page.frames()[1].url(), `${origin}/back?order=7&status=WORKFLOW_LAUNCHED`);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a site that was not named cannot show the draft in a frame', async () => {
  site.shows((await drafted({ frame_origins: ['https://portal.example.org'] })).url);
  const page = await opened();
  const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await page.goto(origin);
  await refused;
  assert.equal(await page.frameLocator('iframe').locator('.surface').count(), 0);
  await page.context().close();
});

test('who is asked first goes on to sign what they sent, and is taken back with what became of it', async () => {
  const recipients = [{ name: 'Ada Lovelace', email: 'initiator@example.org', arrival: 'embedded' }];
  const { id, url } = await drafted({ return_url: `${origin}/back?order=7`, signs_as: 'initiator@example.org' }, { recipients });
  const page = await opened(PHONE);
  await page.goto(url);
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await end(page, 'sent').waitFor();
  await holdsUp(page, 'edit-link-sign-next');
  await page.getByRole('button', { name: 'Not now' }).click();
  await end(page, 'unsigned').waitFor();
  await goBack(page, 'SIGNATURE_CANCELLED');

  await page.goto(url);
  await page.getByRole('button', { name: 'Sign now' }).click();
  await agree(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await finish(page);
  await goBack(page, 'SIGNATURE_SUCCESS');
  await server.status(id, 'completed');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('who declines what they sent is taken back with that', async () => {
  const recipients = [{ name: 'Ada Lovelace', email: 'initiator@example.org', arrival: 'embedded' }];
  const { url } = await drafted({ return_url: `${origin}/back?order=7`, signs_as: 'initiator@example.org' }, { recipients });
  const page = await opened(PHONE);
  await page.goto(url);
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('button', { name: 'Sign now' }).click();
  await step(page, 'disclosure-modal').waitFor();
  await step(page, 'decline').click();
  await step(page, 'decline-reason').fill('Not like this.');
  await step(page, 'decline-confirm').click();
  await goBack(page, 'SIGNATURE_DECLINE');
  await page.context().close();
});

test('a draft is left as it is, thrown away in one window, and gone in the other', async () => {
  const { id, url } = await drafted({ return_url: `${origin}/back?order=7` });
  const page = await opened(PHONE);
  await page.goto(url);
  await page.locator('.surface').first().waitFor();
  await page.getByRole('button', { name: 'Who and what' }).click();
  await page.getByLabel('Message to everyone').fill('As discussed.');
  await part(page, 'leave').click();
  await end(page, 'updated').waitFor();
  await holdsUp(page, 'edit-link-updated');
  assert.equal((await server.json('GET', `/v1/envelopes/${id}`)).message, 'As discussed.');
  await goBack(page, 'WORKFLOW_UPDATED');

  const other = await page.context().newPage();
  await other.goto(url);
  await other.locator('.surface').first().waitFor();
  await other.getByRole('button', { name: 'Who and what' }).click();
  // A window behind another one draws nothing, and its colours never come to rest.
  await page.bringToFront();
  await page.goto(url);
  await page.locator('.surface').first().waitFor();
  await page.getByRole('button', { name: 'Who and what' }).click();
  await part(page, 'discard').click();
  await holdsUp(page, 'edit-link-discard');
  await part(page, 'discard-confirm').click();
  await end(page, 'discarded').waitFor();
  await goBack(page, 'WORKFLOW_CANCELED');
  assert.equal((await server.json('GET', `/v1/envelopes/${id}`)).shelf, 'trash');

  await other.getByLabel('Message to everyone').fill('Too late.');
  await end(other, 'discarded').waitFor();
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('an address that holds no more says so kindly, and one that never was too', async () => {
  const { id, url } = await drafted({});
  await server.call('DELETE', `/v1/envelopes/${id}/edit-link`);
  const page = await opened(PHONE);
  await page.goto(url);
  await end(page, 'ended').waitFor();
  await holdsUp(page, 'edit-link-ended');
  await page.goto(`${url.slice(0, -3)}xyz`);
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  await holdsUp(page, 'edit-link-unknown');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
