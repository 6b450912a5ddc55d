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
  assert.ok((await mounted(page)) > 0);

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

const chosen = (page) => page.locator('[data-editor-field][aria-pressed="true"]');
const inspector = (page) => page.getByRole('complementary', { name: 'The chosen field' });

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
