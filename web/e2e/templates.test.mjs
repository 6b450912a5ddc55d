/** Templates at the desk: saved, used, sent to a whole list, and opened to visitors by a public link. */
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { contract } from './contract.mjs';
import { startServer, until } from './server.mjs';
import { adopt, agree, answer, finish, press } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser, signedIn, template;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  const page = await openPage(browser);
  await page.goto(server.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  signedIn = await page.context().storageState();
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function atDesk(shape, path) {
  const page = await openPage(browser, shape, { storageState: signedIn });
  // The desk shows what is done in earnest unless it is told otherwise.
  await page.goto(server.url + path);
  return page;
}

/** As the desk's own session, which makes what is no test. */
const read = async (page, path) => (await page.request.get(`${server.url}${path}`)).json();

/** A draft of the desk's own, made by its API. */
async function draft(page) {
  const headers = { 'X-Countersign-Desk': '1' };
  const upload = await page.request.post(`${server.url}/v1/uploads?filename=lease.pdf`, { headers, data: Buffer.from(contract()) });
  const made = await page.request.post(`${server.url}/v1/envelopes`, {
    headers,
    data: {
      title: 'Lease of the boathouse',
      documents: [{ upload: (await upload.json()).id }],
      recipients: [{ name: 'Ada Lovelace', email: 'ada@example.org' }],
      fields: [{ type: 'signature', document: 1, page: 3, x: 72, y: 480, width: 190, height: 56, recipient: 1 }],
    },
  });
  assert.equal(made.status(), 201, await made.text());
  return (await made.json()).id;
}

test('a draft is saved as a template, and the template is used for somebody else', async () => {
  const page = await atDesk(DESKTOP, '/');
  const id = await draft(page);
  await page.goto(`${server.url}/envelopes/${id}/edit`);
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await page.getByRole('button', { name: 'Save as a template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the template').fill('Lease');
  await dialog.getByLabel('Name of the role, such as Tenant').fill('Tenant');
  await holdsUp(page, 'template-save');
  await dialog.getByRole('button', { name: 'Save as a template' }).click();
  await page.getByRole('heading', { name: 'Lease', exact: true, level: 1 }).waitFor();
  template = /\/templates\/([^/]+)/.exec(page.url())[1];
  assert.deepEqual((await read(page, `/v1/templates/${template}`)).roles.map(({ name }) => name), ['Tenant']);
  await holdsUp(page, 'template');

  // What is missing is said before anything is made.
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('alert').filter({ hasText: 'Tenant' }).first().waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Grace Hopper');
  await page.getByLabel('E-mail address').fill('grace@example.org');
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  const sent = await read(page, `/v1/envelopes/${/\/envelopes\/([^/]+)/.exec(page.url())[1]}`);
  assert.equal(sent.status, 'in_progress');
  assert.equal(sent.recipients[0].name, 'Grace Hopper');
  assert.deepEqual(sent.template, { id: template, version: 1, link: null });

  await page.goto(`${server.url}/templates`);
  await page.getByText('Version 1').waitFor();
  await holdsUp(page, 'templates');
  await page.context().close();
});

test('a list is checked row by row, sent, and its results are downloaded', async () => {
  const page = await atDesk(DESKTOP, `/templates/${template}`);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Empty list (CSV)' }).click();
  assert.equal((await download).suggestedFilename(), 'Lease.csv');
  const choose = (text) => page.locator('#bulk-file').setInputFiles({ name: 'tenants.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('Tenant name,Tenant email\nAda,ada@example.org\nBen,nobody\n,cleo@example.org\n');
  await page.getByText('2 things in the list are to be corrected').waitFor();
  assert.deepEqual(await page.locator('.scroll tbody tr td:first-child').allTextContents(), ['3', '4']);
  await holdsUp(page, 'bulk-refused');
  await choose(`Tenant name,Tenant email\n${[1, 2, 3].map((one) => `Person ${one},person-${one}@example.org\n`).join('')}`);
  await page.getByRole('heading', { name: 'Ready to be sent' }).waitFor();
  await holdsUp(page, 'bulk-ready');
  await page.getByRole('button', { name: 'Send 3 documents' }).click();
  await page.getByRole('heading', { name: 'Done' }).waitFor();
  await page.getByText('3 of 3 sent').waitFor();
  await holdsUp(page, 'bulk-done');
  const results = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the results' }).click();
  assert.equal((await results).suggestedFilename(), 'results.csv');
  await page.goto(`${server.url}/bulk`);
  await page.getByText('tenants.csv').waitFor();
  await holdsUp(page, 'bulks');
  await page.context().close();
});

test('a list under way is paused, goes on and is stopped, and every row is accounted for', async () => {
  const page = await atDesk(DESKTOP, `/templates/${template}`);
  const ROWS = 800;
  const list = `Tenant name,Tenant email\n${Array.from({ length: ROWS }, (_, row) => `Person ${row},many-${row}@example.org\n`).join('')}`;
  await page.locator('#bulk-file').setInputFiles({ name: 'many.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: `Send ${ROWS} documents` }).click();
  const under = async () => read(page, `/v1/bulk-sends/${/\/bulk\/([^/]+)/.exec(page.url())[1]}`);
  const title = (name) => page.getByRole('heading', { name, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await title('Paused');
  await holdsUp(page, 'bulk-paused');
  const paused = await under();
  assert.ok(paused.sent < ROWS, 'it was paused in time');
  await page.getByRole('button', { name: 'Go on' }).click();
  await title('On its way');
  await page.getByRole('progressbar', { name: 'Rows done' }).waitFor();
  await until('more of them', async () => (await under()).sent > paused.sent);
  await page.getByRole('button', { name: 'Cancel the rest' }).click();
  await title('Cancelled');
  const { sent, failed, cancelled } = await until('all rows', async () => {
    const now = await under();
    return now.sent + now.failed + now.cancelled === ROWS && now;
  });
  assert.ok(sent > paused.sent && cancelled > 0 && failed === 0, `${sent} sent, ${cancelled} cancelled, ${failed} failed`);
  await page.getByText(`${cancelled} cancelled`).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the results' }).click()]);
  const lines = (await buffer(await file.createReadStream())).toString('utf8').trim().split(/\r?\n/);
  assert.equal(lines.length, ROWS + 1);
  assert.equal(lines.filter((line) => /cancelled/.test(line)).length, cancelled);
  await page.context().close();
});

test('a public link that may be used once, and for a while, is over for the second visitor', async () => {
  const desk = await atDesk(DESKTOP, `/templates/${template}`);
  await desk.getByRole('button', { name: 'New link' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('What it is for (optional)').fill('Once');
  const [uses, days] = [dialog.getByLabel('At most so many times (optional)'), dialog.getByLabel('For so many days (optional)')];
  // A limit that cannot be read makes no link without one.
  await uses.fill('once');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.getByText('Write a whole number from 1').waitFor();
  assert.equal(await uses.evaluate((one) => one === document.activeElement && one.getAttribute('aria-invalid')), 'true');
  await uses.fill('1');
  await days.fill('7');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await desk.getByRole('img', { name: 'QR code of the link' }).waitFor();
  const address = await desk.getByRole('dialog').getByRole('link').getAttribute('href');
  const visitor = async (name) => {
    const page = await openPage(browser, PHONE);
    await page.goto(address);
    if (name) {
      await page.getByLabel('Your name').fill(name);
      await page.getByLabel('Your e-mail address').fill('once@example.org');
      await page.getByRole('button', { name: 'Go on to the document' }).click();
      await page.waitForURL(/\/s\//);
      // The address is shown to be theirs before anything is shown to them.
      await press(page, 'challenge-send');
      const code = await server.codeFor('once@example.org', 'email', 9);
      await answer(page, code);
      await agree(page);
      await page.getByRole('button', { name: 'Sign here' }).click();
      await adopt(page);
      await finish(page);
    } else await page.getByText('This link is not in use any more').waitFor();
    await page.context().close();
  };
  await visitor('Vera Visitor');
  await visitor(null);
  await desk.reload();
  await desk.getByText('used 1 of 1 times').waitFor();
  await desk.context().close();
});

test('a visitor opens a public link on a phone, proves their address, and signs', async () => {
  const desk = await atDesk(DESKTOP, `/templates/${template}`);
  await desk.getByRole('button', { name: 'New link' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('What it is for (optional)').fill('On the door');
  await dialog.getByLabel('Password that visitors need (optional)').fill('open sesame');
  await holdsUp(desk, 'link-form');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await desk.getByRole('img', { name: 'QR code of the link' }).waitFor();
  await holdsUp(desk, 'link-made');
  const address = await desk.getByRole('dialog').getByRole('link').getAttribute('href');

  for (const [shape, locale] of [[PHONE, 'en'], [{ ...PHONE, colorScheme: 'dark' }, 'fr']]) {
    const look = await openPage(browser, shape, { locale });
    await look.goto(address);
    await look.getByRole('heading', { name: 'Lease of the boathouse' }).waitFor();
    await holdsUp(look, `form-${locale}`);
    await look.context().close();
  }
  const page = await openPage(browser, PHONE);
  await page.goto(address);
  const go = page.getByRole('button', { name: 'Go on to the document' });
  await go.click();
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await page.getByLabel('Your name').fill('Vera Visitor');
  await page.getByLabel('Your e-mail address').fill('vera@example.org');
  await page.getByLabel('Password, from whoever gave you the link').fill('open barley');
  await go.click();
  await page.getByText('This is not the password').waitFor();
  await holdsUp(page, 'form-refused');
  await page.getByLabel('Password, from whoever gave you the link').fill('open sesame');
  await go.click();
  await page.waitForURL(/\/s\//);
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.locator('canvas').count(), 0, 'nothing is shown before the code');
  await holdsUp(page, 'form-code');
  await page.context().close();

  await desk.getByRole('dialog').getByRole('button', { name: 'Back' }).click();
  await desk.getByRole('button', { name: 'Turn off On the door' }).click();
  await desk.getByText('over', { exact: true }).waitFor();
  const late = await openPage(browser, PHONE);
  await late.goto(address);
  await late.getByText('This link is not in use any more').waitFor();
  await holdsUp(late, 'form-over');
  await late.context().close();
  await desk.context().close();
});
