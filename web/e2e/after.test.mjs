import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { oneOfEach, startServer, until } from './server.mjs';
import { agree, fillEverything, finish, step } from './visit.mjs';
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

const SIGNATURE = oneOfEach(1).filter(({ type }) => type === 'signature');

/** A request that Ada has signed alone. */
async function signed(email, others = []) {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }, ...others] });
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor(email));
  await agree(page);
  await fillEverything(page);
  await finish(page);
  await page.context().close();
  await server.status(id, 'completed');
  return id;
}

/** The file that a button of the page saves is the one that the API has, byte for byte. */
async function savesTheDocument(page, id) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Lease', exact: true }).click()]);
  const kept = Buffer.from(await (await server.call('GET', `/v1/envelopes/${id}/documents/1`)).arrayBuffer());
  assert.ok(kept.equals(await buffer(await file.createReadStream())), 'the document that was saved is another one');
}

for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  const width = shape.viewport.width;

  // Seed: xodo-sign.txt:176
  // Seed: consigno-cloud.txt:199
  test(`who gets a copy is led by the mail to the finished document, on ${name}`, async () => {
    const email = `copy-${width}@example.org`;
    const id = await signed(`for-copy-${width}@example.org`, [{ name: 'Grace Hopper', email, role: 'copy' }]);
    const mail = await until('the mail with the copy', async () => (await server.mailsTo(email)).find(server.linkIn));
    const page = await openPage(browser, shape);
    await page.goto(server.linkIn(mail));
    await page.getByRole('heading', { name: 'Signed by everyone' }).waitFor();
    assert.equal(await step(page, 'finish').count(), 0);
    await holdsUp(page, 'copy');
    await savesTheDocument(page, id);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test(`a download link that has grown too old is renewed by one press, on ${name}`, async () => {
    const email = `old-${width}@example.org`;
    const id = await signed(email);
    const old = await server.linkFor(email, /Signed by everyone/);
    // Ninety days pass for the links that are there.
    await run('python3', ['-c', 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1], timeout=20) as db:\n    print(db.execute("UPDATE links SET expires_at = 1 WHERE purpose = \'download\'").rowcount)', join(server.data, 'countersign.db')]);
    const page = await openPage(browser, shape);
    await page.goto(old);
    await page.getByRole('heading', { name: 'This link has grown too old' }).waitFor();
    await holdsUp(page, 'download-expired');
    await page.getByRole('button', { name: 'Send me a new link' }).click();
    await page.getByRole('heading', { name: 'A new link is on its way' }).waitFor();
    await holdsUp(page, 'download-renewed');

    const renewed = await server.linkFor(email, /Your new link/);
    assert.notEqual(renewed, old);
    await page.goto(renewed);
    await page.getByRole('heading', { name: 'Signed by everyone' }).waitFor();
    await savesTheDocument(page, id);
    await page.goto(old);
    await page.getByRole('heading', { name: 'This link has grown too old' }).waitFor();
    await page.context().close();
  });
}

test('a request is cancelled at the desk with a reason, and who was about to sign is told kindly', async () => {
  const desk = await openPage(browser);
  await desk.goto(server.signInLink);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  const session = await desk.context().storageState();
  await desk.context().close();

  for (const shape of [PHONE, DESKTOP]) {
    const email = `withdrawn-${shape.viewport.width}@example.org`;
    const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: SIGNATURE });
    const link = await server.linkFor(email);
    const signer = await openPage(browser, shape);
    await signer.goto(link);
    await agree(signer);

    const page = await openPage(browser, shape, { storageState: session });
    await page.goto(`${server.url}/envelopes/${id}`);
    await page.getByRole('button', { name: 'Cancel request' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this request?' });
    await dialog.getByRole('button', { name: 'Cancel the request' }).click();
    await dialog.getByText('Please say in a few words why.').waitFor();
    await holdsUp(page, 'cancel');
    assert.equal((await server.json('GET', `/v1/envelopes/${id}`)).status, 'in_progress');
    await dialog.getByLabel(/^Why\?/).fill('The boathouse burnt down.');
    await dialog.getByRole('button', { name: 'Cancel the request' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await server.status(id, 'cancelled');
    await page.getByText('Cancelled').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Cancel request' }).count(), 0);
    await holdsUp(page, 'cancelled');

    const mail = await server.mailTo(email, /Withdrawn/);
    assert.match(mail.text, /The boathouse burnt down\./);

    // The page that was open all the while learns it when the person goes on.
    await signer.getByRole('button', { name: 'Sign here' }).click();
    await step(signer, 'adopt').check();
    await step(signer, 'adopt-apply').click();
    await step(signer, 'finish').click();
    await signer.getByRole('heading', { name: 'The request was withdrawn' }).waitFor();
    await holdsUp(signer, 'withdrawn');
    await signer.goto(link);
    await signer.getByRole('heading', { name: 'The request was withdrawn' }).waitFor();
    assert.equal(await step(signer, 'finish').count(), 0);
    const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
    assert.equal(items.filter(({ type }) => type === 'recipient_signed').length, 0);
    assert.deepEqual([...page.wrong, ...signer.wrong], []);
    await page.context().close();
    await signer.context().close();
  }
});
