/** A contract of 500 pages in the editor: prepared by the keyboard alone, looked at, and drawn in. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { FIVE, frames, openEditor, watchPages } from './at-editor.mjs';
import { holdsUp } from './browser.mjs';
import { KEYBOARD } from './hands.mjs';
import { longContract } from './long-contract.mjs';
import { test } from './walk.mjs';

let desk, server, atEditor, saved;
before(async () => {
  desk = await openEditor();
  ({ server, atEditor, saved } = desk);
});
after(() => desk?.close());

test('a contract of 500 pages gets 200 fields for five people by the keyboard alone, with twelve pages at a time at most', async () => {
  // Each of the five fills another kind, and one of them signs.
  const { page, id } = await atEditor({ bytes: longContract(500), people: FIVE, rules: { place_required: false } });
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
  const shown = new Map();
  for (let on = 1; on <= 40; on += 1) {
    await page.locator(`.sheet[data-page="${on}"] [data-editor-field]`).nth(4).waitFor({ state: 'attached' });
    for (const one of await shownFields(page)) shown.set(`${one.type} on page ${one.page}`, one);
    await page.keyboard.press('PageDown');
  }
  assert.equal(shown.size, 200, 'every field was seen');

  const fields = await saved(id, 200);
  assert.equal(new Set(fields.map(({ page: on }) => on)).size, 40, 'forty pages have fields');
  assert.deepEqual([1, 2, 3, 4, 5].map((number) => fields.filter(({ recipient }) => recipient === number).length), [40, 40, 40, 40, 40]);
  assert.ok((await most()) <= 12, `${await most()} pages existed at a time`);
  assert.ok((await page.locator('.sheet').count()) > 0);

  // Nobody needs the mouse to go on from here.
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Go past the pages' }));
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Next: check and send' }));
  await page.getByRole('heading', { name: 'What will be sent' }).waitFor();
  await KEYBOARD.press(page, page.getByRole('button', { name: 'Send now' }));
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  const sent = await server.json('GET', `/v1/envelopes/${id}`);
  assert.deepEqual([sent.status, sent.recipients.map(({ name }) => name)], ['in_progress', FIVE]);
  const whereabouts = ({ type, document, page: on, x, y, width, height, recipient }) => [type, document, on, x, y, width, height, recipient];
  assert.deepEqual(sent.fields.map(whereabouts), fields.map(whereabouts), 'what was sent is what was saved');
  for (const { type, page: on, x, y, width, height } of sent.fields) {
    const seen = shown.get(`${type} on page ${on}`);
    const off = Math.max(...[x - seen.x, y - seen.y, width - seen.width, height - seen.height].map(Math.abs));
    assert.ok(off < 0.5, `${type} on page ${on} was shown at ${JSON.stringify(seen)} and sent at ${[x, y, width, height]}`);
  }
  assert.deepEqual(sent.recipients.map(({ status }) => status), ['invited', 'waiting', 'waiting', 'waiting', 'waiting']);
  await page.context().close();
});

/** Where the editor shows the fields of the pages in sight, in points of their page. */
const shownFields = (page) =>
  page.locator('.sheet[data-page]').evaluateAll((sheets) =>
    sheets.flatMap((sheet) => {
      const at = sheet.getBoundingClientRect();
      const scale = 595 / at.width;
      return [...sheet.querySelectorAll('[data-editor-field]')].map((one) => {
        const box = one.getBoundingClientRect();
        const points = [box.left - at.left, box.top - at.top, box.width, box.height].map((pixels) => pixels * scale);
        return { page: Number(sheet.dataset.page), type: one.dataset.editorField, x: points[0], y: points[1], width: points[2], height: points[3] };
      });
    }),
  );

test('of 500 pages at a glance only those in sight are asked for, each once and small', async () => {
  const { page } = await atEditor({ bytes: longContract(500) });
  const asked = [];
  page.on('request', (request) => /\/pages\/\d+\.png/.test(request.url()) && asked.push(new URL(request.url())));
  const most = await watchPages(page);
  await page.getByRole('button', { name: 'Pages', exact: true }).click();
  const list = page.getByRole('navigation', { name: 'Pages' });
  await list.locator('img').nth(3).waitFor();
  assert.ok((await list.getByRole('button').count()) <= 12, 'only the pages in sight exist');
  await page.locator('[data-board]').focus();
  await page.keyboard.press('End');
  await list.getByRole('button', { name: 'Page 500, fields: 0' }).locator('img').waitFor();
  await holdsUp(page, 'editor-500-pages');
  assert.ok((await list.getByRole('button').count()) <= 12);
  assert.ok((await most()) <= 12, `${await most()} pages existed at a time`);
  assert.ok(asked.every(({ searchParams }) => searchParams.get('width') === '160'));
  assert.equal(new Set(asked.map(({ pathname }) => pathname)).size, asked.length, 'no picture is asked for twice');
  assert.ok(asked.length >= 4 && asked.length <= 40, `${asked.length} pictures of 500`);
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
