/** The signer's page in hands that do what nobody planned: back, reload, offline, twice, far too large, very narrow. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { over } from './at-desk.mjs';
import { DESKTOP, PHONE, fits, holdsUp, openBrowser, openPage, shot } from './browser.mjs';
import { contract } from './contract.mjs';
import { GROUPS, WORDS, everyField, field } from './every-field.mjs';
import { oneOfEach, startServer } from './server.mjs';
import { adopt, agree, fillEverything, finish, step } from './visit.mjs';
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

const PDF = { name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };

async function visit(email, shape = PHONE, change = {}) {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: oneOfEach(1), ...change });
  const page = await openPage(browser, shape);
  page.on('dialog', (dialog) => dialog.accept());
  const link = await server.linkFor(email);
  await page.goto(link);
  await step(page, 'disclosure-modal').waitFor();
  return { id, page, link };
}

const everything = (email) => ({ recipients: [{ name: 'Ada Lovelace', email }], fields: everyField(), groups: GROUPS });
const signatures = async (id) => (await server.json('GET', `/v1/envelopes/${id}/events`)).items.filter(({ type }) => type === 'recipient_signed').length;

test('whoever goes back in the middle and forward again finds what they typed', async () => {
  const { id, page } = await visit('back@example.org');
  await agree(page);
  await page.locator('[data-field-type="text"]').fill('Zürich');
  await page.goto(`${server.url}/s/not-a-link-of-ours`);
  await page.goBack();
  await step(page, 'finish').waitFor();
  assert.equal(await page.locator('[data-field-type="text"]').inputValue(), 'Zürich', 'the agreement and the words are kept');
  await fillEverything(page, 'Zürich');
  await finish(page);
  await server.status(id, 'completed');
  await over(page);
});

test('a page that is loaded anew in the midst of a dialog keeps the file, and no half signature', async () => {
  const { page } = await visit('dialog@example.org', PHONE, everything('dialog@example.org'));
  await agree(page);
  await field(page, 'attachment').scrollIntoViewIfNeeded();
  await field(page, 'attachment').click();
  await step(page, 'file-input').setInputFiles(PDF);
  await step(page, 'file-modal').getByText('Remove this file').waitFor();
  await page.reload();
  await step(page, 'finish').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await field(page, 'attachment').getByText('licence.pdf').waitFor();
  await page.getByRole('button', { name: 'Sign here' }).click();
  await step(page, 'adopt-modal').waitFor();
  await page.reload();
  await step(page, 'finish').waitFor();
  await page.getByRole('button', { name: 'Sign here' }).waitFor();
  await over(page);
});

test('without a network at the last moment nothing is lost, and once it is back one press is enough', async () => {
  const { id, page } = await visit('offline@example.org');
  await agree(page);
  await fillEverything(page);
  await page.context().setOffline(true);
  await step(page, 'finish').click();
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await holdsUp(page, 'wrong-offline');
  await again.click();
  await again.waitFor();
  await page.context().setOffline(false);
  await again.click();
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  assert.equal(await signatures(id), 1);
  await over(page);
});

test('who presses Finish twice signs once', async () => {
  const { id, page } = await visit('double@example.org', DESKTOP);
  await agree(page);
  await fillEverything(page);
  await step(page, 'finish').dblclick();
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  assert.equal(await signatures(id), 1);
  await over(page);
});

test('a visit whose link is ended while they read says so at the next press, and keeps nothing from them to do', async () => {
  const { id, page } = await visit('over@example.org');
  await agree(page);
  await fillEverything(page);
  await server.json('POST', `/v1/envelopes/${id}/recipients/1/replace`, { name: 'Grace Hopper', email: 'instead@example.org' });
  await step(page, 'finish').click();
  await page.locator('h1').filter({ hasNotText: 'Lease' }).waitFor();
  await holdsUp(page, 'wrong-link-over');
  assert.equal(await step(page, 'finish').count(), 0);
  assert.equal(await signatures(id), 0);
  await over(page);
});

// 1280 pixels at twice the size are 640; at four times, 320 (WCAG 2.2, 1.4.10).
for (const [name, shape] of [
  ['320 pixels', { ...PHONE, viewport: { width: 320, height: 640 } }],
  ['a desktop at 200 percent', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['a desktop at 400 percent', { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 }],
]) {
  test(`everything is there, whole and in reach on ${name}`, async () => {
    const email = `narrow-${shape.viewport.width}-${shape.viewport.height}@example.org`;
    const { id, page } = await visit(email, shape, { ...everything(email), message: 'Please sign before the season begins.' });
    const whole = async (what) => {
      await fits(page, `${what} on ${name}`);
      if (shape.isMobile) await holdsUp(page, `narrow-${what}`);
      else await shot(page, `narrow-${what}-${shape.viewport.height}`);
    };
    await whole('consent');
    await agree(page);
    await page.locator('canvas.drawn').first().waitFor();
    await whole('room');
    await step(page, 'left').click();
    await step(page, 'left-modal').waitFor();
    await whole('left');
    await step(page, 'left-modal').getByRole('button', { name: /Place of birth/ }).click();
    await page.locator('#large-input').fill(WORDS.text);
    await whole('large');
    await page.keyboard.press('Escape');
    await field(page, 'attachment').click();
    await step(page, 'file-modal').waitFor();
    await whole('file');
    await page.keyboard.press('Escape');
    await step(page, 'reading').click();
    await step(page, 'reading-modal').getByRole('heading', { name: 'Page 3 of 3' }).waitFor();
    await whole('reading');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign here' }).click();
    await step(page, 'adopt-modal').waitFor();
    await whole('adopt');
    await adopt(page);
    await step(page, 'decline').click();
    await step(page, 'decline-confirm').waitFor();
    await whole('decline');
    await step(page, 'decline-reason').fill('Too small for me.');
    await step(page, 'decline-confirm').click();
    await page.getByRole('heading', { name: 'You declined to sign' }).waitFor();
    await whole('declined');
    await server.status(id, 'declined');
    await over(page);
  });
}

test('words that run from right to left do so where they are typed, whatever the language of the page', async () => {
  const { page } = await visit('arabic@example.org', PHONE, { ...everything('arabic@example.org'), message: 'يرجى التوقيع قبل بداية الموسم.' });
  await agree(page);
  const way = (at) => at.evaluate((one) => getComputedStyle(one).direction);
  for (const name of ['text', 'multiline_text']) {
    assert.equal(await way(field(page, name)), 'ltr');
    await field(page, name).fill('ليلى حسن');
    assert.equal(await way(field(page, name)), 'rtl', name);
  }
  await field(page, 'rent').fill('12');
  assert.equal(await way(field(page, 'rent')), 'ltr');
  assert.equal(await way(page.getByText('يرجى التوقيع')), 'rtl', 'so does what the sender wrote');
  await holdsUp(page, 'wrong-arabic');
  await over(page);
});
