import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot, tabTo } from './browser.mjs';
import { BINARY, REPOSITORY, oneOfEach, startServer } from './server.mjs';
import { adopt, agree, draw, fillEverything, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

const run = promisify(execFile);
let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const ADA = { name: 'Ada Lovelace', email: 'ada@example.org', step: 1 };
const GRACE = { name: 'Grace Hopper', email: 'grace@example.org', step: 2 };

/** What a stranger does with the files: the command line and the plain Python judge them without the server. */
async function filesHold(id) {
  const [signed, audit, evidence, ca] = await Promise.all(
    [`/v1/envelopes/${id}/documents/1`, `/v1/envelopes/${id}/audit.pdf`, `/v1/envelopes/${id}/evidence.json`, '/pki/ca.pem'].map(
      async (path) => Buffer.from(await (await server.call('GET', path)).arrayBuffer()),
    ),
  );
  assert.equal(audit.subarray(0, 5).toString(), '%PDF-');
  const [pdf, json, pem] = ['signed.pdf', 'evidence.json', 'ca.pem'].map((name) => join(server.data, name));
  await Promise.all([writeFile(pdf, signed), writeFile(json, evidence), writeFile(pem, ca)]);
  await run(BINARY, ['verify', pdf, '--trust', pem]);
  await run('python3', [join(REPOSITORY, 'docs/check_evidence.py'), json, pdf]);
}

test('two people sign in order, the first with a finger on a phone, the second by typing at a desk', async () => {
  const { id } = await server.send({ recipients: [ADA, GRACE], fields: [...oneOfEach(1), ...oneOfEach(2)] });

  const phone = await openPage(browser, PHONE);
  await phone.goto(await server.linkFor(ADA.email));
  await step(phone, 'disclosure-modal').waitFor();
  await holdsUp(phone, 'consent');
  await step(phone, 'disclosure-continue').click();
  assert.equal(await step(phone, 'disclosure-modal').isVisible(), true, 'nobody goes on without the box ticked');
  await agree(phone);
  await phone.locator('.textLayer, canvas').first().waitFor();
  await holdsUp(phone, 'room');

  // The bar leads to each open field in the order of reading.
  const next = phone.getByRole('button', { name: 'Next field' });
  await next.click();
  await phone.getByLabel('Place of birth').last().waitFor();
  await phone.locator('#large-input').fill('London');
  await holdsUp(phone, 'room-typing');
  await next.click();
  assert.equal(await phone.evaluate(() => document.activeElement.dataset.fieldType), 'checkbox');
  await phone.keyboard.press('Space');
  await next.click();
  assert.equal(await phone.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Initial here');
  await phone.getByRole('button', { name: 'Initial here' }).tap();
  await step(phone, 'adopt-modal').waitFor();
  await step(phone, 'signature-input').fill('A.L.');
  await holdsUp(phone, 'initials');
  await adopt(phone);
  await next.click();
  await phone.getByRole('button', { name: 'Sign here' }).tap();
  await draw(phone, true);
  await holdsUp(phone, 'draw');
  await adopt(phone);
  await phone.getByText('All filled in').waitFor();
  await holdsUp(phone, 'room-filled');
  await finish(phone);
  await holdsUp(phone, 'done');
  assert.deepEqual(phone.wrong, []);
  await phone.context().close();

  const desk = await openPage(browser, DESKTOP);
  await desk.goto(await server.linkFor(GRACE.email));
  await step(desk, 'disclosure-modal').waitFor();
  await holdsUp(desk, 'consent');
  await agree(desk);
  await holdsUp(desk, 'room');
  await desk.locator('[data-field-type="text"]').fill('New York');
  await desk.locator('[data-field-type="checkbox"]').check();
  await desk.getByRole('button', { name: 'Initial here' }).click();
  await adopt(desk);
  await desk.getByRole('button', { name: 'Sign here' }).click();
  assert.equal(await step(desk, 'signature-input').inputValue(), 'Grace Hopper');
  await holdsUp(desk, 'type');
  await adopt(desk);
  await holdsUp(desk, 'room-filled');
  await finish(desk);
  await holdsUp(desk, 'done');
  assert.deepEqual(desk.wrong, []);
  await desk.context().close();

  await server.status(id, 'completed');
  await filesHold(id);
  for (const shape of [PHONE, DESKTOP]) {
    const reader = await openPage(browser, shape);
    await reader.goto(await server.linkFor(ADA.email, /sign|finish|complete|done/i));
    await reader.getByRole('heading', { name: 'Signed by everyone' }).waitFor();
    await holdsUp(reader, 'download');
    const [file] = await Promise.all([reader.waitForEvent('download'), reader.getByRole('button', { name: 'Lease', exact: true }).click()]);
    assert.match(file.suggestedFilename(), /\.pdf$/);
    await reader.context().close();
  }
});

test('the keyboard alone is enough to sign', async () => {
  const { id } = await server.send({ recipients: [{ ...ADA, email: 'keys@example.org' }] });
  const page = await openPage(browser);
  await page.goto(await server.linkFor('keys@example.org'));
  await step(page, 'disclosure-modal').waitFor();
  const at = (name) => tabTo(page, `[data-ceremony-step="${name}"]`);
  const press = (key) => page.keyboard.press(key);

  await at('disclosure');
  await press('Space');
  await at('disclosure-continue');
  await press('Enter');
  await step(page, 'finish').waitFor();
  await tabTo(page, '[data-field-type="text"]');
  await page.keyboard.type('London');
  await tabTo(page, '[data-field-type="checkbox"]');
  await press('Space');
  for (const name of ['Initial here', 'Sign here']) {
    await tabTo(page, `[aria-label="${name}"]`);
    await press('Enter');
    await step(page, 'adopt-modal').waitFor();
    await at('adopt');
    await press('Space');
    await at('adopt-apply');
    await press('Enter');
    await step(page, 'adopt-modal').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), name, 'the focus comes back to the place');
  }
  await at('finish');
  await press('Enter');
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
});

test('the attributes are those that scripts rely on, with one primary action at a time', async () => {
  await server.send({ recipients: [{ ...ADA, email: 'attributes@example.org' }] });
  const page = await openPage(browser);
  await page.goto(await server.linkFor('attributes@example.org'));
  await step(page, 'disclosure-modal').waitFor();
  const count = (name) => step(page, name).count();
  const primary = () => page.locator('.button.primary:visible').count();
  for (const name of ['disclosure-modal', 'disclosure', 'disclosure-continue', 'decline']) assert.equal(await count(name), 1, name);
  assert.equal(await step(page, 'disclosure').getAttribute('type'), 'checkbox');
  assert.equal(await primary(), 1);
  await agree(page);
  assert.equal(await count('disclosure-modal'), 0);
  assert.deepEqual((await step(page, 'place').evaluateAll((all) => all.map((one) => [one.tagName, one.getAttribute('aria-label')]))).sort(), [['BUTTON', 'Initial here'], ['BUTTON', 'Sign here']]);
  for (const type of ['text', 'checkbox', 'date_signed']) {
    const field = page.locator(`[data-field-type="${type}"]`);
    assert.equal(await field.count(), 1, type);
    assert.ok(await field.getAttribute('data-field-id'), type);
  }
  assert.equal(await count('finish'), 1);
  assert.equal(await count('decline'), 1);
  assert.equal(await primary(), 1);
  await page.getByRole('button', { name: 'Sign here' }).click();
  for (const name of ['adopt-modal', 'signature-input', 'adopt', 'adopt-apply']) assert.equal(await count(name), 1, name);
  assert.equal(await step(page, 'signature-input').inputValue(), 'Ada Lovelace');
  assert.equal(await step(page, 'adopt').getAttribute('type'), 'checkbox');
  await adopt(page);
  await fillEverything(page, 'London', ['Initial here']);
  await finish(page);
  assert.equal(await count('done'), 1);
});

test('a page that is left alone asks nothing of the server', async () => {
  await server.send({ recipients: [{ ...ADA, email: 'idle@example.org' }] });
  const page = await openPage(browser);
  await page.goto(await server.linkFor('idle@example.org'));
  await agree(page);
  await page.waitForLoadState('networkidle');
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await new Promise((done) => setTimeout(done, 3000));
  assert.deepEqual(asked, []);
  await shot(page, 'idle');
});
