import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { startServer } from './server.mjs';
import { agree, fillEverything, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(email, shape = DESKTOP, change = {}) {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], ...change });
  const link = await server.linkFor(email);
  const page = await openPage(browser, shape);
  await page.goto(link);
  await step(page, 'disclosure-modal').waitFor();
  return { id, link, page };
}

const saved = (page) => page.waitForResponse((answer) => answer.url().endsWith('/v1/ceremony/values') && answer.status() === 204);

test('reading the link changes nothing until somebody agrees', async () => {
  const { id, page } = await visit('scanner@example.org');
  const before = await server.json('GET', `/v1/envelopes/${id}/events`);
  await page.reload();
  await step(page, 'disclosure-modal').waitFor();
  const later = await server.json('GET', `/v1/envelopes/${id}/events`);
  assert.equal(later.items.length, before.items.length);
  await page.context().close();
});

for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  test(`who declines says why, and the sender reads it, on ${name}`, async () => {
    const { id, link, page } = await visit(`no-${shape.viewport.width}@example.org`, shape);
    await agree(page);
    await step(page, 'decline').click();
    await page.getByRole('heading', { name: 'Decline to sign?' }).waitFor();
    await step(page, 'decline-confirm').click();
    await page.getByText('Please say in a few words why.').waitFor();
    await holdsUp(page, 'decline');
    await page.locator('#decline-reason').fill('The rent is not what we agreed on.');
    await step(page, 'decline-confirm').click();
    await page.getByRole('heading', { name: 'You declined to sign' }).waitFor();
    await holdsUp(page, 'declined');
    const envelope = await server.status(id, 'declined');
    assert.equal(envelope.recipients[0].decline_reason, 'The rent is not what we agreed on.');

    await page.goto(link);
    await page.locator('h1').waitFor();
    assert.equal(await step(page, 'disclosure-modal').count(), 0);
    await page.context().close();
  });

  test(`a link that was used, ended or never was says so kindly, on ${name}`, async () => {
    const { id, link, page } = await visit(`used-${shape.viewport.width}@example.org`, shape);
    await agree(page);
    await fillEverything(page);
    await finish(page);
    await server.status(id, 'completed');
    await page.goto(link);
    await page.locator('h1').waitFor();
    assert.equal(await step(page, 'finish').count(), 0);
    await holdsUp(page, 'link-used');

    const ended = await visit(`ended-${shape.viewport.width}@example.org`, shape);
    await agree(ended.page);
    await server.json('POST', `/v1/envelopes/${ended.id}/cancel`, { reason: 'Sent to the wrong person.' });
    await fillEverything(ended.page);
    await step(ended.page, 'finish').click();
    await ended.page.locator('h1').filter({ hasNotText: 'Lease' }).waitFor();
    await holdsUp(ended.page, 'link-ended');
    assert.equal(await step(ended.page, 'finish').count(), 0);
    await ended.page.context().close();

    await page.goto(`${server.url}/s/not-a-link-of-ours`);
    await page.getByRole('heading', { name: 'We do not know this link' }).waitFor();
    await holdsUp(page, 'link-unknown');
    await page.context().close();
  });
}

test('nobody gets a link before their turn', async () => {
  const { id } = await server.send({
    recipients: [
      { name: 'Ada Lovelace', email: 'first@example.org', step: 1 },
      { name: 'Grace Hopper', email: 'second@example.org', step: 2 },
    ],
    fields: [1, 2].map((recipient) => ({ type: 'signature', document: 1, page: 3, x: 72 + 220 * (recipient - 1), y: 480, width: 180, height: 50, recipient })),
  });
  await assert.rejects(server.json('POST', `/v1/envelopes/${id}/recipients/2/links`, {}), /409 .*recipient_out_of_turn/);
});

// States that come about by chance or after weeks: the server's answer is replaced by one that says so.
const STATES = [
  ['waiting', null, 'It is not your turn yet'],
  ['signing', null, 'Your signature has arrived'],
  ['signed', null, 'You have signed'],
  ['ended', 'expired', 'The time to sign is over'],
  ['ended', 'declined', 'Someone declined to sign'],
  ['expired_link', null, 'This link has grown too old'],
  ['link_ended', null, 'This link has been used'],
  ['delegated', null, 'Somebody else does it in your place'],
];
for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  test(`every state of a visit has its words, on ${name}`, async () => {
    const { link, page } = await visit(`states-${shape.viewport.width}@example.org`, shape);
    for (const [state, because, heading] of STATES) {
      await page.route('**/v1/ceremony', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), state, ended_because: because } });
      });
      await page.goto(link);
      await page.getByRole('heading', { name: heading }).waitFor();
      await holdsUp(page, `state-${state}-${because ?? ''}`);
      await page.unroute('**/v1/ceremony');
    }
    await page.route('**/v1/ceremony', (route) => route.abort());
    await page.goto(link);
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    await holdsUp(page, 'state-unreachable');
    await page.unroute('**/v1/ceremony');
    await page.getByRole('button', { name: 'Try again' }).click();
    await step(page, 'disclosure-modal').waitFor();
    await page.context().close();
  });
}

test('a page that is loaded anew in the middle keeps what was filled in', async () => {
  const { page } = await visit('again@example.org');
  await agree(page);
  const kept = saved(page);
  await page.locator('[data-field-type="text"]').fill('Zürich');
  await kept;
  const ticked = saved(page);
  await page.locator('[data-field-type="checkbox"]').check();
  await ticked;
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await step(page, 'finish').waitFor();
  assert.equal(await page.locator('[data-field-type="text"]').inputValue(), 'Zürich');
  assert.equal(await page.locator('[data-field-type="checkbox"]').isChecked(), true);
  await page.context().close();
});

test('a network that breaks while finishing loses nothing', async () => {
  const { id, page } = await visit('cut@example.org', PHONE);
  await agree(page);
  await fillEverything(page);
  await page.route('**/v1/ceremony/finish', (route) => route.abort('connectionreset'));
  await step(page, 'finish').click();
  const retry = page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await holdsUp(page, 'finish-cut');
  assert.equal(await page.locator('[data-field-type="text"]').inputValue(), 'London');
  await page.unroute('**/v1/ceremony/finish');
  await retry.click();
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  await page.context().close();
});

test('an answer that is lost on its way back does not make a second signature', async () => {
  const { id, page } = await visit('lost@example.org');
  await agree(page);
  await fillEverything(page);
  let cut = true;
  await page.route('**/v1/ceremony/finish', async (route) => {
    if (!cut) return route.continue();
    cut = false;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await step(page, 'finish').click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText(/you have signed|your signature has arrived|signed by everyone|has been used/i).first().waitFor();
  await server.status(id, 'completed');
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  assert.equal(items.filter(({ type }) => type === 'recipient_signed').length, 1);
  await holdsUp(page, 'answer-lost');
  await page.context().close();
});

test('two devices at once: the second is told that it is done', async () => {
  const { id, link, page } = await visit('twice@example.org');
  await agree(page);
  const other = await openPage(browser, PHONE);
  await other.goto(link);
  await step(other, 'finish').waitFor();
  await fillEverything(page);
  await fillEverything(other);
  await finish(page);
  await step(other, 'finish').click();
  await other.locator('h1').filter({ hasNotText: 'Lease' }).waitFor();
  assert.equal(await step(other, 'finish').count(), 0);
  await server.status(id, 'completed');
  await other.context().close();
  await page.context().close();
});
