/** What is said about fields and about steps in the workspace, on a desktop and on a phone. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { FIVE, inspector, openEditor } from './at-editor.mjs';
import { DESKTOP, PHONE, holdsUp } from './browser.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, server, atEditor, fieldsOf, saved;
before(async () => {
  desk = await openEditor();
  ({ server, atEditor, fieldsOf, saved } = desk);
});
after(() => desk?.close());

for (const shape of [DESKTOP, PHONE]) {
  test(`everything that is said about a field is there after a reload, on a screen of ${shape.viewport.width} pixels`, async () => {
    const { page, id } = await atEditor({ shape });
    const kind = (name) => page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name, exact: true });
    const options = async () => shape === PHONE && (await page.getByRole('button', { name: 'Options' }).click());
    const part = (name) => inspector(page).getByText(name, { exact: true });
    await kind('Number').click();
    await page.getByRole('button', { name: 'Add Number to this page' }).first().click();
    await options();
    await inspector(page).getByLabel('Label (optional)').fill('Rent');
    await part('What it must be').click();
    await inspector(page).getByLabel('At least').fill('10');
    await inspector(page).getByLabel('What they read when it is not so').fill('Ten or more.');
    await part('Look').click();
    await inspector(page).getByLabel('Size in points').fill('11');
    await inspector(page).getByRole('button', { name: 'Bold' }).click();
    await part('Order, keys, secrecy').click();
    await inspector(page).getByLabel('Capture key').fill('rent');
    await inspector(page).getByLabel('Capture key').press('Tab');
    await holdsUp(page, 'editor-number');
    if (shape === PHONE) await inspector(page).getByRole('button', { name: 'Close' }).click();

    await kind('List').click();
    await page.getByRole('button', { name: 'Add List to this page' }).first().click();
    await options();
    await inspector(page).getByLabel('What can be chosen').selectOption({ label: 'Countries by name' });
    await part('Only sometimes there').click();
    await inspector(page).getByLabel('Only there if').selectOption({ label: 'Rent, Ada Lovelace, page 1' });
    const [number, list] = await until('both fields in the draft', async () => {
      const fields = await fieldsOf(id);
      return fields[1]?.only_if && fields;
    });
    assert.deepEqual(
      [number.label, number.check.min, number.check.message, number.style.size, number.style.bold, number.capture_key],
      ['Rent', '10', 'Ten or more.', 11, true, 'rent'],
    );
    assert.deepEqual([list.choices.list, list.only_if], ['country_names', { field: number.id, is: 'filled' }]);

    await page.reload();
    await page.locator('.sheet canvas.drawn').first().waitFor();
    await page.locator('[data-editor-field="dropdown"]').click();
    if (shape === PHONE) await page.getByRole('button', { name: 'Options' }).click();
    assert.equal(await inspector(page).getByLabel('What can be chosen').inputValue(), 'country_names');
    await page.keyboard.press('Escape');
    await page.locator('[data-board]').focus();
    await page.keyboard.press('n');
    await saved(id, 3);
    assert.deepEqual((await fieldsOf(id)).slice(0, 2), [number, list], 'what was not touched came back as it was');
    await page.context().close();
  });
}

for (const shape of [DESKTOP, PHONE]) {
  test(`people are put into other steps on the line by arrow keys, on a screen of ${shape.viewport.width} pixels`, async () => {
    const { page, id } = await atEditor({ shape, people: FIVE.slice(0, 3) });
    await page.getByRole('button', { name: 'Who and what' }).click();
    const line = page.getByRole('group', { name: 'Order of the steps' });
    await holdsUp(page, 'people-line');
    const steps = async () => (await server.json('GET', `/v1/envelopes/${id}`)).recipients.map(({ name, step }) => `${name.split(' ')[0]} ${step}`).join(', ');
    const become = (wanted) => until(wanted, async () => (await steps()) === wanted);
    const chip = (name) => line.getByRole('button', { name });
    await chip('Emmy Noether').focus();
    await page.keyboard.press('ArrowLeft');
    await become('Ada 1, Grace 2, Emmy 2');
    // The focus goes along, so that the next key means the same person.
    await page.keyboard.press('Shift+ArrowLeft');
    await become('Ada 1, Emmy 2, Grace 3');
    if (shape === DESKTOP) {
      await chip('Ada Lovelace').dragTo(line.getByRole('listitem', { name: 'Step 3' }));
      await become('Emmy 1, Grace 2, Ada 2');
    }
    await page.context().close();
  });
}
