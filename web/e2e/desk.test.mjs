import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { atDeskOf } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot } from './browser.mjs';
import { contract } from './contract.mjs';
import { startServer, until } from './server.mjs';
import { adopt, agree, draw, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

// Whoever is at the desk was signed in by the first test.
let server, browser, atDesk;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const FILE = { name: 'boathouse.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };

async function upload(page, file = FILE) {
  await page.locator('input[type=file]').setInputFiles(file);
}

/** As the session sees it: a test key does not see what is no test. */
async function read(page, id) {
  return (await page.request.get(`${server.url}/v1/envelopes/${id}`)).json();
}

async function place(page, kind, { on, across, down }) {
  await page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name: kind, exact: true }).click();
  const sheet = page.locator(`.sheet[data-page="${on}"]`);
  // Pages far from the view are not drawn, and nothing can be put on them.
  await sheet.scrollIntoViewIfNeeded();
  const surface = sheet.locator('.surface');
  const { width } = await surface.boundingBox();
  const scale = width / 595;
  await surface.click({ position: { x: across * scale, y: down * scale } });
}

test('a sign-in link does nothing until its button is pressed, and works once', async () => {
  const page = await openPage(browser, PHONE);
  await page.goto(`${server.url}/`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await holdsUp(page, 'sign-in');
  for (let visits = 0; visits < 2; visits += 1) {
    await page.goto(server.signInLink);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await page.context().cookies(), []);
  }
  await holdsUp(page, 'sign-in-confirm');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await holdsUp(page, 'list-empty');
  const [cookie] = await page.context().cookies();
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, 'Strict');
  atDesk = atDeskOf(server, browser, await page.context().storageState());
  await page.context().close();

  const second = await openPage(browser);
  await second.goto(server.signInLink);
  await second.getByRole('button', { name: 'Sign in' }).click();
  await second.getByText('This link has been used').waitFor();
  await holdsUp(second, 'sign-in-used');
  await second.context().close();
});

for (const [name, shape] of [['a desktop', DESKTOP], ['a phone', PHONE]]) {
  test(`a contract goes out to two people in order, made with the mouse, on ${name}`, async () => {
    const width = shape.viewport.width;
    const [ada, grace] = [`ada-${width}@example.org`, `grace-${width}@example.org`];
    const page = await atDesk(shape, '/new');
    // On the phone it is a test, at the desk the real thing.
    if (shape === PHONE) await page.getByLabel('This is a test').check();
    // The line is slow enough for the progress to be seen.
    await page.route('**/v1/uploads?*', async (route) => {
      await page.locator('progress').waitFor();
      await route.continue();
    });
    await upload(page);
    await page.getByText('3 pages').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
    await page.getByLabel('E-mail address').fill(ada);
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).last().fill('Grace Hopper');
    await page.getByLabel('E-mail address').last().fill(grace);
    await page.getByLabel('Message to everyone').fill('Here is the lease that we talked about.');
    await holdsUp(page, 'compose');
    await page.getByRole('button', { name: 'Next: where they sign' }).click();

    await page.locator('.surface').first().waitFor();
    await place(page, 'Text', { on: 1, across: 160, down: 420 });
    await place(page, 'Box to tick', { on: 1, across: 160, down: 520 });
    await place(page, 'Initials', { on: 2, across: 160, down: 600 });
    await place(page, 'Signature', { on: 3, across: 170, down: 420 });
    await place(page, 'Date of signing', { on: 3, across: 170, down: 520 });
    await page.getByLabel('Fields for').selectOption({ label: 'Grace Hopper' });
    await place(page, 'Signature', { on: 3, across: 430, down: 420 });
    const id = /\/envelopes\/([^/]+)\/edit/.exec(page.url())[1];
    await until('all six fields in the draft', async () => (await read(page, id)).fields.length === 6);
    await holdsUp(page, 'editor');

    // A field is moved by the mouse and by the keyboard.
    const last = page.locator('[data-editor-field]').last();
    const [before, label] = [await last.boundingBox(), await last.getAttribute('aria-label')];
    await page.mouse.move(before.x + 20, before.y + 10);
    await page.mouse.down();
    await page.mouse.move(before.x + 20, before.y - 20, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await last.getAttribute('aria-label'), label);
    await last.focus();
    const dragged = await last.getAttribute('aria-label');
    await page.keyboard.press('Shift+ArrowUp');
    assert.notEqual(await last.getAttribute('aria-label'), dragged);

    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: /Preview/ });
    await preview.getByRole('button', { name: 'Sign here' }).waitFor();
    assert.equal(await preview.locator('[data-field-type="text"]').count(), 1);
    await holdsUp(page, 'preview');
    await preview.getByLabel('Whose page').selectOption({ label: 'As Grace Hopper sees it' });
    await preview.getByRole('button', { name: 'Sign here' }).waitFor();
    assert.equal(await preview.locator('[data-field-type="text"]').count(), 0);
    await preview.getByRole('button', { name: 'Close preview' }).click();

    await page.getByRole('button', { name: 'Next: check and send' }).click();
    await page.getByRole('heading', { name: 'What will be sent' }).waitFor();
    await holdsUp(page, 'review');
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await holdsUp(page, 'sent');

    for (const [email, text] of [[ada, 'Ada Lovelace'], [grace, 'Grace Hopper']]) {
      const signer = await openPage(browser, shape);
      await signer.goto(await server.linkFor(email));
      await agree(signer);
      await signer.getByText('Here is the lease that we talked about.').waitFor();
      if (text === 'Ada Lovelace') {
        await signer.locator('[data-field-type="text"]').fill('London');
        await signer.locator('[data-field-type="checkbox"]').check();
        await signer.getByRole('button', { name: 'Initial here' }).click();
        await adopt(signer);
      }
      await signer.getByRole('button', { name: 'Sign here' }).click();
      await draw(signer, shape.hasTouch);
      await adopt(signer);
      await finish(signer);
      await signer.context().close();
    }
    // The audit trail is issued a moment after the end.
    await until('the end', async () => (await read(page, id)).audit_trail);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Signed by everyone and sealed.').waitFor();
    await holdsUp(page, 'completed');
    for (const [button, ending] of [['boathouse', 'pdf'], ['Audit trail (PDF)', 'pdf'], ['Evidence file (JSON)', 'json']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('section', { hasText: 'Signed by everyone and sealed.' }).getByRole('button', { name: button }).click()]);
      assert.ok(file.suggestedFilename().endsWith(`.${ending}`), file.suggestedFilename());
    }
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: /boathouse/ }).first().waitFor();
    await holdsUp(page, 'list');
    await page.getByLabel('Search').fill('nothing of the kind');
    await page.getByText('Nothing found').waitFor();
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  // Seed: secured-signing.txt:112
  test(`a document is signed by the person at the desk alone, on ${name}`, async () => {
    const page = await atDesk(shape, '/sign-myself');
    await page.getByRole('heading', { name: 'Sign a document myself' }).waitFor();
    await holdsUp(page, 'myself-begin');
    await upload(page);
    await page.locator('.surface').first().waitFor();
    await place(page, 'Signature', { on: 1, across: 170, down: 500 });
    await holdsUp(page, 'myself');
    await page.getByRole('button', { name: 'Read and sign' }).click();
    await step(page, 'disclosure-modal').waitFor();
    await agree(page);
    await page.getByRole('button', { name: 'Sign here' }).click();
    await holdsUp(page, 'myself-adopt');
    await adopt(page);
    await finish(page);
    await holdsUp(page, 'myself-done');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

// Seed: secured-signing.txt:112
// Seed: secured-signing.txt:113
test('who sends can sign first', async () => {
  const page = await atDesk(DESKTOP, '/new');
  await upload(page);
  await page.getByText('3 pages').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('E-mail address').fill('after-me@example.org');
  await page.getByLabel('I sign first').check();
  assert.equal(await page.getByLabel('Name', { exact: true }).count(), 2);
  assert.equal(await page.getByLabel('Name', { exact: true }).last().inputValue(), 'Ada Lovelace');
  await shot(page, 'compose-first');
  await page.getByRole('button', { name: 'Next: where they sign' }).click();
  await place(page, 'Signature', { on: 3, across: 170, down: 420 });
  await page.getByLabel('Fields for').selectOption({ label: 'Ada Lovelace' });
  await place(page, 'Signature', { on: 3, across: 430, down: 420 });
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('button', { name: 'Sign now' }).click();
  await agree(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await finish(page);
  await server.linkFor('after-me@example.org');
  await page.context().close();
});

test('a file that is no PDF is refused in words, and the next one is taken', async () => {
  const page = await atDesk(DESKTOP, '/new');
  await upload(page, { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('Dear all,\nthis is a text.\n') });
  await page.getByText('This file is not a PDF.').waitFor();
  await holdsUp(page, 'upload-refused');
  await upload(page);
  await page.getByText('3 pages').waitFor();
  await page.context().close();
});

test('a draft without people or places says what is missing, beside it', async () => {
  const page = await atDesk(PHONE, '/new');
  await upload(page);
  await page.getByText('3 pages').waitFor();
  await page.getByRole('button', { name: 'Next: where they sign' }).click();
  await page.getByText('Please give a name.').waitFor();
  await holdsUp(page, 'compose-missing');
  await page.context().close();
});
