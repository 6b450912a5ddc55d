/** Fields in the editor are moved, chosen, arranged, copied, taken back and taken away. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { over } from './at-desk.mjs';
import { FIVE, chosen, frames, inspector, openEditor } from './at-editor.mjs';
import { PHONE, holdsUp } from './browser.mjs';
import { KEYBOARD } from './hands.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, atEditor, fieldsOf, saved;
before(async () => {
  desk = await openEditor();
  ({ atEditor, fieldsOf, saved } = desk);
});
after(() => desk?.close());

test('what is done is undone and done again, by keys and by buttons, also what is said about a field', async () => {
  const { page, id } = await atEditor();
  await page.locator('[data-board]').focus();
  await page.keyboard.press('t');
  const [placed] = await saved(id, 1);
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await inspector(page).getByLabel('Label (optional)').fill('Place of birth');
  const changed = () => fieldsOf(id).then(([one]) => one && [one.x - placed.x, one.y - placed.y, one.width - placed.width, one.label]);
  const becomes = (wanted) => until(JSON.stringify(wanted), async () => JSON.stringify(await changed()) === JSON.stringify(wanted));
  await becomes([2, 10, 10, 'Place of birth']);

  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await becomes([2, 10, 10, '']);
  await undo.click();
  await becomes([2, 10, 0, '']);
  await page.locator('[data-board]').focus();
  // Arrows in a row are one step.
  await page.keyboard.press('Control+Z');
  await becomes([0, 0, 0, '']);
  await page.keyboard.press('Control+Z');
  await saved(id, 0);
  assert.equal(await undo.isDisabled(), true);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Control+Y');
  await becomes([2, 10, 10, 'Place of birth']);
  await page.context().close();
});

test('several fields are chosen with a frame, arranged, copied to all pages and taken away', async () => {
  const box = (x, y, width) => ({ type: 'text', page: 1, x, y, width, height: 20, recipient: 1 });
  const { page, id } = await atEditor({ fields: [box(80, 100, 100), box(140, 200, 60), box(200, 330, 80)] });
  const surface = await page.locator('.sheet[data-page="1"] .surface').boundingBox();
  await page.mouse.move(surface.x + 5, surface.y + 60);
  await page.mouse.down();
  await page.mouse.move(surface.x + 420, surface.y + 440, { steps: 4 });
  await page.mouse.up();
  assert.equal(await chosen(page).count(), 3);
  await page.getByRole('button', { name: 'Left edges' }).click();
  await until('left edges', async () => (await fieldsOf(id)).every(({ x }) => x === 80));
  await page.getByRole('button', { name: 'Space down' }).click();
  await until('even gaps', async () => (await fieldsOf(id)).map(({ y }) => y).join() === '100,215,330');
  await page.getByRole('button', { name: 'Same size' }).click();
  await until('one size', async () => new Set((await fieldsOf(id)).map(({ width }) => width)).size === 1);
  await page.getByRole('button', { name: 'Copy to all pages' }).click();
  const all = await saved(id, 9);
  assert.deepEqual([1, 2, 3].map((on) => all.filter(({ page: at }) => at === on).length), [3, 3, 3]);
  await page.locator('[data-board]').focus();
  await page.keyboard.press('Control+Shift+A');
  await page.keyboard.press('Delete');
  await saved(id, 0);
  await page.context().close();
});

test('a field that is drawn near the edge of another one stands at it, and its handles change its size', async () => {
  const { page, id } = await atEditor({ fields: [{ type: 'text', page: 1, x: 100, y: 100, width: 120, height: 20, recipient: 1 }, { type: 'text', page: 1, x: 300, y: 300, width: 120, height: 20, recipient: 1 }] });
  const scale = (await page.locator('.sheet[data-page="1"]').boundingBox()).width / 595;
  const field = page.locator('[data-editor-field]').last();
  const from = await field.boundingBox();
  await page.mouse.move(from.x + 30, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 30 - 198 * scale, from.y + 8 - 60 * scale, { steps: 6 });
  await frames(page, 2);
  await page.mouse.up();
  await until('the same left edge', async () => (await fieldsOf(id))[1].x === 100);
  const handle = await field.locator('.handle.se').boundingBox();
  await page.mouse.move(handle.x + 6, handle.y + 6);
  await page.mouse.down();
  await page.mouse.move(handle.x + 6 + 60 * scale, handle.y + 6 + 33 * scale, { steps: 4 });
  await frames(page, 2);
  await page.mouse.up();
  await until('a larger field', async () => Math.abs((await fieldsOf(id))[1].width - 180) < 2 && Math.abs((await fieldsOf(id))[1].height - 53) < 2);
  await page.context().close();
});

test('the keyboard alone chooses several, aligns, spreads and sizes them', async () => {
  const box = (x, y, width, height) => ({ type: 'text', page: 1, x, y, width, height, recipient: 1 });
  const start = [box(80, 100, 100, 20), box(140, 200, 60, 30), box(300, 330, 80, 40)];
  const { page, id } = await atEditor({ fields: start });
  await page.locator('[data-board]').focus();
  await page.keyboard.press(']');
  // One, and two more that Tab comes to.
  await page.keyboard.press('Control+Space');
  for (let more = 0; more < 2; more += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
  }
  assert.equal(await chosen(page).count(), 3);
  const now = async () => (await fieldsOf(id)).map(({ x, y, width, height }) => [x, y, width, height].map(Math.round));
  const undo = async () => {
    await KEYBOARD.press(page, page.getByRole('button', { name: 'Undo' }));
    await until('the fields as they were', async () => JSON.stringify(await now()) === JSON.stringify(start.map(({ x, y, width, height }) => [x, y, width, height])));
  };
  for (const [name, of] of [
    ['Left edges', ([x]) => x],
    ['Centres across', ([x, , width]) => x + width / 2],
    ['Right edges', ([x, , width]) => x + width],
    ['Upper edges', ([, y]) => y],
    ['Centres down', ([, y, , height]) => y + height / 2],
    ['Lower edges', ([, y, , height]) => y + height],
    ['Same size', ([, , width, height]) => width * 1000 + height],
  ]) {
    await KEYBOARD.press(page, inspector(page).getByRole('button', { name, exact: true }));
    await until(name, async () => new Set((await now()).map((one) => Math.round(of(one)))).size === 1);
    await undo();
  }
  await KEYBOARD.press(page, inspector(page).getByRole('button', { name: 'Space across', exact: true }));
  await until('even gaps', async () => (await now()).map(([x]) => x).join() === '80,210,300');
  await over(page);
});

test('pages are made larger and smaller, fit the screen, and fields keep their places on them', async () => {
  const { page, id } = await atEditor({ fields: [{ type: 'text', page: 1, x: 100, y: 100, width: 120, height: 20, recipient: 1 }] });
  const width = async () => (await page.locator('.sheet[data-page="1"]').boundingBox()).width;
  const becomes = (wanted) => until(`${wanted} pixels`, async () => Math.abs((await width()) - wanted) < 1);
  const size = page.getByLabel('Size of the pages');
  await size.selectOption({ label: '100%' });
  // 595 points at 96 pixels to the inch.
  await becomes((595 * 96) / 72);
  await page.getByRole('button', { name: 'Larger pages' }).click();
  await becomes((595 * 96 * 1.25) / 72);
  await page.locator('[data-board]').focus();
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await becomes((595 * 96 * 0.75) / 72);
  const scale = (await width()) / 595;
  const sheet = await page.locator('.sheet[data-page="1"]').boundingBox();
  const shown = await page.locator('[data-editor-field]').boundingBox();
  assert.ok(Math.abs(shown.x - sheet.x - 100 * scale) < 1 && Math.abs(shown.width - 120 * scale) < 1);
  await size.selectOption({ label: 'Fit page' });
  await until('a whole page', async () => (await page.locator('.sheet[data-page="1"]').boundingBox()).height < page.viewportSize().height);
  assert.equal((await fieldsOf(id))[0].x, 100, 'looking changes nothing');
  await over(page);
});

test('whose a field is can be seen by its colour and its number, and heard by its name', async () => {
  const { page } = await atEditor({ people: FIVE, fields: FIVE.map((_, index) => ({ type: 'signature', page: 1, x: 72, y: 100 + 90 * index, width: 190, height: 56, recipient: index + 1 })) });
  const seen = await page.locator('[data-editor-field]').evaluateAll((all) => all.map((one) => [getComputedStyle(one).borderTopColor, one.querySelector('.number').textContent, one.getAttribute('aria-label')]));
  assert.equal(new Set(seen.map(([colour]) => colour)).size, 5);
  assert.deepEqual(seen.map(([, number]) => number), ['1', '2', '3', '4', '5']);
  for (const [index, [, , label]] of seen.entries()) assert.ok(label.includes(FIVE[index]), label);
  await holdsUp(page, 'editor-colours');
  await over(page);
});

test('on a phone a finger moves a field', async () => {
  const { page, id } = await atEditor({ shape: PHONE, fields: [{ type: 'signature', page: 1, x: 100, y: 100, width: 165, height: 37, recipient: 1 }] });
  const scale = (await page.locator('.sheet[data-page="1"]').boundingBox()).width / 595;
  const field = page.locator('[data-editor-field]');
  await field.scrollIntoViewIfNeeded();
  const from = await field.boundingBox();
  const finger = await page.context().newCDPSession(page);
  const at = (dx, dy) => [{ x: from.x + 20 + dx * scale, y: from.y + 8 + dy * scale }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0, 0) });
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(120 * part, 90 * part) });
    await frames(page, 1);
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until('the field where the finger left it', async () => {
    const [{ x, y }] = await fieldsOf(id);
    return Math.abs(x - 220) < 8 && Math.abs(y - 190) < 8;
  });
  await over(page);
});
