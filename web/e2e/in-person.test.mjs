/** Signing in person on somebody else's phone, with what is shown, photographed and pressed instead of typed. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { over } from './at-desk.mjs';
import { PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { contract } from './contract.mjs';
import { scannedSignature } from './picture.mjs';
import { startServer } from './server.mjs';
import { adopt, agree, press, step } from './visit.mjs';
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

const PNG = { name: 'stamp.png', mimeType: 'image/png', buffer: scannedSignature() };
const PDF = { name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };
const field = (page, id) => page.locator(`[data-field-id="${id}"]`);

/** The host's phone, on which Ada has begun. */
async function handedOver(name) {
  const at = (type, page, y, width, height, more = {}) => ({ type, id: type, document: 1, page, x: 72, y, width, height, recipient: 2, required: true, label: '', ...more });
  const { id } = await server.send({
    recipients: [
      { name: 'Hanna Host', email: `${name}@example.org`, role: 'host' },
      { name: 'Ada Lovelace', email: `ada-${name}@example.org`, role: 'in_person_signer', host: 1 },
    ],
    fields: [
      at('note', 1, 300, 300, 44, { required: false, value: 'Please ask Hanna for the stamp.' }),
      at('stamp', 1, 380, 140, 80, { label: 'Stamp of the club' }),
      at('image', 1, 480, 140, 80, { label: 'A picture of you' }),
      at('attachment', 2, 320, 200, 26, { label: 'Your boating licence', files: { types: ['pdf'] } }),
      at('signature', 3, 360, 190, 50),
      at('approve_button', 3, 450, 120, 30, { required: false, label: 'I am done' }),
      at('decline_button', 3, 500, 120, 30, { required: false, label: 'Rather not' }),
    ],
  });
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor(`${name}@example.org`));
  await page.getByRole('heading', { name: 'Hand the device to Ada Lovelace' }).waitFor();
  await press(page, 'start');
  await page.getByText('Hello Ada Lovelace.').waitFor();
  await agree(page);
  await page.locator('canvas').first().waitFor();
  return { id, page };
}

async function give(page, id, file) {
  await field(page, id).click();
  await step(page, 'file-modal').waitFor();
  await step(page, 'file-input').setInputFiles(file);
  await step(page, 'file-modal').getByText('Remove this file').waitFor();
  await holdsUp(page, `in-person-${id}`);
  await step(page, 'file-modal').getByRole('button', { name: 'Done' }).click();
  await step(page, 'file-modal').waitFor({ state: 'hidden' });
}

test('on the phone of the host a stamp, a picture and a file are given, and the document’s own button ends it', async () => {
  const { id, page } = await handedOver('hanna');
  await page.getByRole('note').getByText('Please ask Hanna for the stamp.').waitFor();
  await holdsUp(page, 'in-person-room');
  await give(page, 'stamp', PNG);
  await give(page, 'image', PNG);
  await give(page, 'attachment', PDF);
  for (const picture of ['stamp', 'image']) await field(page, picture).locator('img').waitFor();
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await field(page, 'approve_button').scrollIntoViewIfNeeded();
  await holdsUp(page, 'in-person-filled');
  await field(page, 'approve_button').click();
  await step(page, 'done').waitFor();
  await page.getByText('Please hand the device back to Hanna Host.').waitFor();
  await holdsUp(page, 'in-person-end');
  const envelope = await server.status(id, 'completed');
  assert.deepEqual(envelope.files.map(({ field: of, name, type, recipient }) => [of, name, type, recipient]), [
    ['stamp', 'stamp.png', 'png', 2],
    ['image', 'stamp.png', 'png', 2],
    ['attachment', 'licence.pdf', 'pdf', 2],
  ]);
  await over(page);
});

test('on the phone of the host the document’s own button declines, and nothing is signed', async () => {
  const { id, page } = await handedOver('harry');
  await field(page, 'decline_button').click();
  await page.getByRole('heading', { name: 'Decline to sign?' }).waitFor();
  await holdsUp(page, 'in-person-decline');
  await step(page, 'decline-reason').fill('The boat leaks.');
  await step(page, 'decline-confirm').click();
  await page.getByRole('heading', { name: 'You declined to sign' }).waitFor();
  await holdsUp(page, 'in-person-declined');
  const envelope = await server.status(id, 'declined');
  assert.equal(envelope.recipients[1].status, 'declined');
  assert.equal(envelope.files?.length ?? 0, 0);
  await over(page);
});
