/** What the editor shows: texts that are found, pages at a glance, keys, and what each person will see. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openEditor } from './at-editor.mjs';
import { DESKTOP, PHONE, holdsUp } from './browser.mjs';
import { test } from './walk.mjs';

let desk, atEditor, saved;
before(async () => {
  desk = await openEditor();
  ({ atEditor, saved } = desk);
});
after(() => desk?.close());

test('a text is found, also inside a word, and gets a field at each of its places', async () => {
  const { page, id } = await atEditor();
  await page.locator('[data-board]').focus();
  await page.keyboard.press('Control+F');
  const dialog = page.getByRole('dialog', { name: 'Place fields where a text stands' });
  await dialog.getByLabel('Text in the documents').fill('Sign');
  await page.keyboard.press('Enter');
  await dialog.getByText('3 of them are inside a longer word.').waitFor();
  await dialog.getByLabel('Text in the documents').fill('Signed by');
  await page.keyboard.press('Enter');
  await dialog.getByText('Found at 3 places').first().waitFor();
  await holdsUp(page, 'editor-find');
  await dialog.getByLabel('Where').selectOption({ label: 'Below it' });
  await dialog.getByRole('button', { name: 'Place 3 fields' }).click();
  const fields = await saved(id, 3);
  assert.deepEqual(fields.map(({ type, page: on }) => [type, on]), [['signature', 1], ['signature', 2], ['signature', 3]]);
  await page.context().close();
});

test('the sheet of keys and the pages at a glance hold up', async () => {
  const { page } = await atEditor();
  await page.getByRole('button', { name: 'Pages', exact: true }).click();
  // Small pictures that the server draws: no page is drawn here a second time.
  await page.locator('nav[aria-label] img').nth(2).waitFor();
  assert.equal(await page.locator('.sheet canvas').count(), await page.locator('[data-board] canvas').count());
  await page.getByRole('button', { name: 'Page 3, fields: 0' }).click();
  await page.getByRole('button', { name: 'Two pages side by side' }).click();
  await holdsUp(page, 'editor-pages');
  await page.locator('[data-board]').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Everything by the keyboard' }).waitFor();
  await holdsUp(page, 'editor-keys');
  await page.context().close();
});

for (const shape of [DESKTOP, PHONE]) {
  test(`the preview offers built-in lists and shows the words of the sender, on a screen of ${shape.viewport.width} pixels`, async () => {
    const at = (type, y, more) => ({ type, page: 1, x: 72, y, width: 200, height: 24, recipient: 1, ...more });
    const { page } = await atEditor({
      shape,
      fields: [
        at('dropdown', 480, { id: 'country', label: 'Country', choices: { list: 'country_names' } }),
        at('dropdown', 520, { id: 'state', label: 'State', choices: { list: 'us_state_names' } }),
        at('free_text', 560, { id: 'words', recipient: 0, value: 'As agreed on the quay' }),
        at('strikethrough', 600, { id: 'line', recipient: 0, height: 16 }),
        at('signature', 640, { id: 'hers' }),
        at('signature', 640, { id: 'his', x: 320, recipient: 2 }),
      ],
    });
    await page.getByRole('button', { name: 'Next: check and send' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: /Preview/ });
    const field = (id) => preview.locator(`[data-field-id="${id}"]`);
    await field('country').waitFor();
    assert.equal(await field('country').locator('option').filter({ hasText: /./ }).count() >= 249, true, 'every country');
    await field('country').selectOption('Switzerland');
    await field('state').selectOption('Vermont');
    await field('words').getByText('As agreed on the quay').waitFor();
    await field('line').waitFor({ state: 'attached' });
    await field('country').scrollIntoViewIfNeeded();
    await holdsUp(page, 'preview-lists');
    await preview.getByLabel('Whose page').selectOption({ label: 'As Grace Hopper sees it' });
    // What somebody else fills in is not theirs to see here.
    await field('country').waitFor({ state: 'detached' });
    await preview.getByRole('button', { name: 'Sign here' }).waitFor();
    await field('words').getByText('As agreed on the quay').waitFor();
    await preview.getByRole('button', { name: 'Close preview' }).click();
    await page.context().close();
  });
}
