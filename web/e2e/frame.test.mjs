import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot } from './browser.mjs';
import { openOtherSite } from './other-site.mjs';
import { startServer, until } from './server.mjs';
import { agree, fillEverything, finish, press, step } from './visit.mjs';
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

for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  // Seed: consigno-cloud.txt:88
  // Seed: secured-signing.txt:472
  test(`the whole visit works in a frame of another site without third-party cookies, on ${name}`, async () => {
    const email = `framed-${shape.viewport.width}@example.org`;
    const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], frame_origins: [origin] });
    site.shows(await server.linkFor(email));
    const page = await openPage(browser, shape);
    await page.goto(origin);
    const frame = page.frameLocator('iframe');
    await step(frame, 'disclosure-modal').waitFor();
    await agree(frame);
    await fillEverything(frame);
    await shot(page, 'framed');
    await finish(frame);
    await server.status(id, 'completed');
    const heard = await until('what the page around was told', async () => {
      const all = await page.evaluate(() => heard);
      return all.some(({ type }) => type === 'signed') && all;
    });
    for (const one of heard) {
      assert.equal(one.origin, server.url);
      assert.equal(one.source, 'countersign');
      assert.doesNotMatch(JSON.stringify(one), /example\.org|Lease|Ada/, 'nothing of the person or the document is told');
    }
    assert.deepEqual(heard.filter(({ type }) => type !== 'resized').map(({ type }) => type), ['loaded', 'signed']);
    assert.equal(heard.find(({ type }) => type === 'loaded').state, 'consent');
    assert.equal(heard.find(({ type }) => type === 'signed').act, 'sign');
    const heights = heard.filter(({ type }) => type === 'resized').map(({ height }) => height);
    assert.ok(Math.max(...heights) > shape.viewport.height, `the pages are higher than the screen: ${heights}`);
    const kept = await page.context().cookies(server.url);
    assert.deepEqual(kept, [], 'the visit needs no cookie and sets none');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('a site that was not named cannot show the visit in a frame', async () => {
  for (const frame_origins of [[], ['https://portal.example.org']]) {
    const email = `unnamed-${frame_origins.length}@example.org`;
    await server.send({ recipients: [{ name: 'Ada Lovelace', email }], frame_origins });
    const link = await server.linkFor(email);
    site.shows(link);
    const answer = await fetch(link);
    assert.match(answer.headers.get('content-security-policy'), frame_origins.length ? /frame-ancestors https:\/\/portal\.example\.org(;|$)/ : /frame-ancestors 'none'/);
    const page = await openPage(browser);
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(origin);
    await refused;
    assert.equal(await step(page.frameLocator('iframe'), 'disclosure-modal').count(), 0);
    await page.context().close();
  }
});

// Seed: xodo-sign.txt:118
// Seed: consigno-cloud.txt:85
// Seed: consigno-cloud.txt:186
// Seed: consigno-cloud.txt:187
// Seed: signatureapi.txt:57
test('in a frame somebody shows who they are, declines, and goes back to the site, which is told', async () => {
  const email = 'framed-decline@example.org';
  const recipients = [{ name: 'Ada Lovelace', email, authentication: [{ method: 'email_code' }] }];
  await server.send({ recipients, frame_origins: ['https://other.example', origin], returns: { declined: `${origin}/back?order=7` } });
  site.shows(await server.linkFor(email));
  const page = await openPage(browser, PHONE);
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  await step(frame, 'challenge-send').click();
  await step(frame, 'challenge-input').fill(await server.codeFor(email, 'email', 9));
  await step(frame, 'challenge-submit').click();
  await step(frame, 'disclosure-modal').waitFor();
  await step(frame, 'decline').click();
  await step(frame, 'decline-reason').fill('Not for me.');
  await step(frame, 'decline-confirm').click();
  await step(frame, 'return').waitFor();
  await shot(page, 'framed-return');
  await step(frame, 'return').click();
  await frame.getByRole('heading', { name: 'Back at the app' }).waitFor();
  assert.equal(page.frames()[1].url(), `${origin}/back?order=7&status=decline`);
  const types = (await page.evaluate(() => heard)).map(({ type }) => type).filter((type) => type !== 'resized');
  assert.deepEqual(types, ['loaded', 'declined']);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

// Seed: xodo-sign.txt:117
// Seed: consigno-cloud.txt:85
// Seed: consigno-cloud.txt:90
// Seed: consigno-cloud.txt:176
// Seed: consigno-cloud.txt:186
// Seed: consigno-cloud.txt:187
test('outside a frame the browser goes back by itself after a moment, with what became of it', async () => {
  const email = 'returns@example.org';
  await server.send({ recipients: [{ name: 'Ada Lovelace', email, returns: { done: `${origin}/back` } }], returns: { done: 'https://elsewhere.example' } });
  const page = await openPage(browser, PHONE);
  // The six seconds are over when the last screen has been looked at, however long that takes: a page that is on its
  // way to another one answers nothing.
  await page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (call, ms, ...more) => (ms === 6000 ? ((window.leave = call), 0) : later(call, ms, ...more));
  });
  const link = await server.linkFor(email);
  await page.goto(link);
  await agree(page);
  await fillEverything(page);
  await finish(page);
  await page.getByText(/In a moment you are taken back to localhost/).waitFor();
  await holdsUp(page, 'return');
  await page.evaluate(() => setTimeout(window.leave));
  await page.waitForURL(`${origin}/back?status=success`, { timeout: 20_000 });

  // Who looks again later stays until they press the button.
  await page.goto(link);
  await page.getByRole('heading', { name: 'You have signed' }).waitFor();
  assert.equal(await page.getByText(/In a moment you are taken back/).count(), 0);
  await press(page, 'return');
  await page.waitForURL(`${origin}/back?status=success`);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

// Seed: consigno-cloud.txt:90
test('who finds that it was withdrawn goes back to the address for that', async () => {
  const email = 'failed@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], returns: { failed: `${origin}/back` } });
  const link = await server.linkFor(email);
  await server.call('POST', `/v1/envelopes/${id}/cancel`, { reason: 'The boathouse burnt down.' });
  const page = await openPage(browser, PHONE);
  await page.goto(link);
  await press(page, 'return');
  await page.waitForURL(`${origin}/back?status=failure`);
  await page.context().close();
});

// Seed: consigno-cloud.txt:90
test('who comes after its time goes back to the address for that, and is told apart from a failure', async () => {
  const email = 'too-late@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], returns: { done: `${origin}/back?order=7` } });
  const link = await server.linkFor(email);
  await server.call('POST', `/v1/envelopes/${id}/extend`, { expires_at: new Date(Date.now() + 2000).toISOString() });
  await server.status(id, 'expired');
  const page = await openPage(browser, PHONE);
  await page.goto(link);
  await page.getByRole('heading', { name: 'The time to sign is over' }).waitFor();
  await press(page, 'return');
  await page.waitForURL(`${origin}/back?order=7&status=expired`);
  await page.context().close();
});

test('a passkey is asked for in a window of its own', async () => {
  const email = 'framed-passkey@example.org';
  const authentication = [{ method: 'host', client_user_id: '4711' }, { method: 'passkey' }];
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication, arrival: 'embedded' }], frame_origins: [origin] });
  assert.equal((await server.mailsTo(email)).length, 0, 'the site leads them there, not a mail');
  const { url: link } = await server.json('POST', `/v1/envelopes/${id}/recipients/1/links`, {});
  site.shows(link);
  const page = await openPage(browser, PHONE);
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  const way = step(frame, 'challenge-window');
  await way.waitFor();
  assert.equal(await way.getAttribute('href'), link);
  assert.equal(await step(frame, 'challenge-submit').count(), 0);
  await shot(page, 'framed-passkey');
  const opened = page.context().waitForEvent('page');
  await way.click();
  await step(await opened, 'challenge-modal').waitFor();
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
