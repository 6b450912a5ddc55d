import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { PICTURE, scannedSignature } from './picture.mjs';
import { BINARY, oneOfEach, startServer } from './server.mjs';
import { adopt, agree, fillEverything, finish, step } from './visit.mjs';
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

/** The signed document, judged by the command line against this server's CA. */
async function signedDocument(id) {
  const [pdf, pem] = await Promise.all(
    [`/v1/envelopes/${id}/documents/1`, '/pki/ca.pem'].map(async (path) => Buffer.from(await (await server.call('GET', path)).arrayBuffer())),
  );
  const [pdfFile, pemFile] = [join(server.data, `${id}.pdf`), join(server.data, 'ca.pem')];
  await Promise.all([writeFile(pdfFile, pdf), writeFile(pemFile, pem)]);
  await run(BINARY, ['verify', pdfFile, '--trust', pemFile]);
  return pdf.toString('latin1');
}

for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  test(`a scanned signature is uploaded and stands in the document as a picture, on ${name}`, async () => {
    const email = `picture-${shape.viewport.width}@example.org`;
    const signature = oneOfEach(1).filter(({ type }) => type === 'signature');
    const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: signature });
    const page = await openPage(browser, shape);
    await page.goto(await server.linkFor(email));
    await agree(page);
    await page.getByRole('button', { name: 'Sign here' }).click();
    await page.getByRole('tab', { name: 'Upload' }).click();
    const input = page.getByLabel('Choose an image');
    await input.setInputFiles({ name: 'signature.png', mimeType: 'image/png', buffer: Buffer.from('a letter, not a picture') });
    await page.getByText('This file is not a PNG or JPEG image').waitFor();
    await holdsUp(page, 'upload-image-refused');
    await input.setInputFiles({ name: 'signature.png', mimeType: 'image/png', buffer: scannedSignature() });
    await page.getByText('Choose another image').waitFor();
    await holdsUp(page, 'upload-image');
    await adopt(page);
    await holdsUp(page, 'room-image');
    await finish(page);
    await server.status(id, 'completed');

    const pdf = await signedDocument(id);
    assert.match(pdf, /\/Subtype\s*\/Image/);
    assert.match(pdf, new RegExp(`/Width\\s+${PICTURE.width}\\b`), 'the picture is there in its own size');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('two phones that press finish at the same moment make one signature, and both are told kindly', async () => {
  const email = 'two-phones@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }] });
  const link = await server.linkFor(email);
  const phones = [await openPage(browser, PHONE), await openPage(browser, PHONE)];
  await phones[0].goto(link);
  await agree(phones[0]);
  await phones[1].goto(link);
  await step(phones[1], 'finish').waitFor();
  for (const phone of phones) await fillEverything(phone);

  // Neither request goes out before both are there.
  let waiting = 0;
  let open;
  const both = new Promise((done) => (open = done));
  for (const phone of phones) {
    await phone.route('**/v1/ceremony/finish', async (route) => {
      waiting += 1;
      if (waiting === 2) open();
      await both;
      await route.continue();
    });
  }
  const answers = phones.map((phone) => phone.waitForResponse('**/v1/ceremony/finish'));
  await Promise.all(phones.map((phone) => step(phone, 'finish').click()));
  const statuses = await Promise.all(answers.map(async (answer) => (await answer).status()));
  assert.deepEqual(statuses.sort(), [200, 409]);

  const headings = [];
  for (const phone of phones) {
    await phone.locator('h1').filter({ hasText: /you have signed|your signature has arrived/i }).waitFor();
    assert.equal(await step(phone, 'finish').count(), 0);
    assert.equal(await phone.locator('[role=alert]:visible').count(), 0, 'nobody is told of an error');
    headings.push(await phone.locator('h1').textContent());
    await holdsUp(phone, `two-phones-${headings.length}`);
  }
  assert.equal(headings.filter((text) => text === 'Thank you, you have signed').length, 1, headings.join(' / '));
  await server.status(id, 'completed');
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  assert.equal(items.filter(({ type }) => type === 'recipient_signed').length, 1);
  for (const phone of phones) await phone.context().close();
});

test('somebody whose language is French signs in French on a phone, from the mail to the document', async () => {
  const email = 'marie@example.org';
  const { id } = await server.send({ title: 'Bail du hangar', recipients: [{ name: 'Marie Curie', email, language: 'fr' }] });
  const mail = await server.mailTo(email, /vous demande de signer «\sBail du hangar\s»/);
  assert.match(mail.text, /Bonjour Marie Curie/);
  assert.match(mail.html, /lang="?fr/);

  // The browser speaks English; what the sender chose for this person counts.
  const page = await openPage(browser, PHONE);
  await page.goto(server.linkIn(mail));
  await page.getByRole('heading', { name: 'Avant de lire et de signer' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await holdsUp(page, 'french-consent');
  await agree(page);
  await holdsUp(page, 'french-room');
  // Small places say what they are for in words that can be read.
  const flag = page.getByRole('button', { name: 'Paraphez ici' }).getByText('Paraphez ici').filter({ visible: true });
  assert.ok(parseFloat(await flag.evaluate((one) => getComputedStyle(one).fontSize)) >= 12);
  await fillEverything(page, 'Varsovie', ['Paraphez ici', 'Signez ici']);
  await holdsUp(page, 'french-filled');
  await finish(page);
  await page.getByRole('heading', { name: 'Merci, vous avez signé' }).waitFor();
  await holdsUp(page, 'french-done');
  await server.status(id, 'completed');

  const last = await server.mailTo(email, /Signé par tous/);
  assert.match(last.text, /Tout le monde a signé «\sBail du hangar\s»/);
  await page.goto(server.linkIn(last));
  await page.getByRole('heading', { name: 'Signé par tout le monde' }).waitFor();
  await holdsUp(page, 'french-download');
  await signedDocument(id);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
