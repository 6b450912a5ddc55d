/** The workspace in which fields are placed: by keyboard alone on a long contract, and by hand on a short one. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { KEYBOARD } from './hands.mjs';
import { longContract } from './long-contract.mjs';
import { startServer, until } from './server.mjs';
import { test } from './walk.mjs';

let server, browser, signedIn;
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

const FIVE = ['Ada Lovelace', 'Grace Hopper', 'Emmy Noether', 'Alan Turing', 'Mary Jackson'];
const person = (name, step) => ({ name, email: `${name.split(' ')[0].toLowerCase()}@example.org`, step });

/** A draft of one document that is open in the editor. */
async function atEditor({ shape = DESKTOP, bytes = longContract(3), people = FIVE.slice(0, 2), ...change } = {}) {
  const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', bytes);
  const draft = await server.json('POST', '/v1/envelopes', {
    title: 'Long contract',
    documents: [{ upload: upload.id, title: 'Contract' }],
    recipients: people.map((name, index) => person(name, index + 1)),
    fields: [],
    ...change,
  });
  const page = await openPage(browser, shape, { storageState: signedIn });
  await page.goto(`${server.url}/envelopes/${draft.id}/edit`);
  await page.locator('.sheet canvas.drawn').first().waitFor();
  return { page, id: draft.id };
}

const fieldsOf = async (id) => (await server.json('GET', `/v1/envelopes/${id}`)).fields;
const saved = (id, count) => until(`${count} fields in the draft`, async () => (await fieldsOf(id)).length === count && (await fieldsOf(id)));
const mounted = (page) => page.locator('.sheet').count();
const says = (page, text) => page.getByText(text, { exact: true }).first().waitFor({ state: 'attached' });

/** Sees to it that no more pages exist than may, whatever is done meanwhile. */
async function watchPages(page) {
  await page.evaluate(() => {
    globalThis.mostPages = 0;
    const count = () => (globalThis.mostPages = Math.max(globalThis.mostPages, document.querySelectorAll('.sheet[data-page]').length));
    new MutationObserver(count).observe(document.querySelector('[data-board]'), { childList: true, subtree: true });
    count();
  });
  return () => page.evaluate(() => globalThis.mostPages);
}

test('a contract of 500 pages gets 200 fields for five people by the keyboard alone, with twelve pages at a time at most', async () => {
  const { page, id } = await atEditor({ bytes: longContract(500), people: FIVE });
  const most = await watchPages(page);
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Go past the pages' }));
  await page.keyboard.press('Shift+Tab');
  await KEYBOARD.reach(page, page.locator('[data-board]'));

  // Digits choose people, letters place kinds; what stands on the first page is then pasted onto others.
  for (const [index, letter] of ['s', 'i', 'd', 't', 'c'].entries()) {
    await page.keyboard.press(String(index + 1));
    await page.keyboard.press(letter);
  }
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  for (let copy = 1; copy < 40; copy += 1) {
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Control+V');
  }
  await page.keyboard.press('End');
  await page.locator('.sheet[data-page="500"]').waitFor();
  await page.keyboard.press('Home');
  await page.locator('.sheet[data-page="1"]').waitFor();

  const fields = await saved(id, 200);
  assert.equal(new Set(fields.map(({ page: on }) => on)).size, 40, 'forty pages have fields');
  assert.deepEqual([1, 2, 3, 4, 5].map((number) => fields.filter(({ recipient }) => recipient === number).length), [40, 40, 40, 40, 40]);
  assert.ok((await most()) <= 12, `${await most()} pages existed at a time`);
  assert.ok((await mounted(page)) > 0);

  // Nobody needs the mouse to go on from here.
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Go past the pages' }));
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Next: check and send' }));
  await page.getByRole('heading', { name: 'What will be sent' }).waitFor();
  await page.context().close();
});

test('a field under the pointer costs one recalculation of styles for a move, among 200 fields', async () => {
  const fields = Array.from({ length: 200 }, (_, index) => ({ type: 'text', page: (index % 3) + 1, x: 20 + (index % 4) * 140, y: 60 + Math.floor(index / 12) * 44, width: 120, height: 20, recipient: 1 }));
  const { page } = await atEditor({ fields });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const recalculations = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'RecalcStyleCount').value;
  const box = await page.locator('[data-editor-field]').nth(5).boundingBox();
  await page.mouse.move(box.x + 30, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 14);
  await frames(page, 3);

  const MOVES = 40;
  const before = await recalculations();
  for (let step = 1; step <= MOVES; step += 1) {
    await page.mouse.move(box.x + 40 + step * 2, box.y + 14 + step);
    await frames(page, 1);
  }
  const each = ((await recalculations()) - before) / MOVES;
  await page.mouse.up();

  assert.ok(each <= 1, `${each} recalculations of styles for each move`);
  assert.ok(each > 0, 'the field moved');
  await page.context().close();
});

/** Waits until so many frames were drawn. */
const frames = (page, count) =>
  page.evaluate(async (most) => {
    for (let at = 0; at < most; at += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  }, count);
