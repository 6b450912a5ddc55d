/** What is prepared is not lost and not sent twice, whatever the browser, the network and the hands do. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { over } from './at-desk.mjs';
import { chosen, openEditor } from './at-editor.mjs';
import { DESKTOP, PHONE, holdsUp } from './browser.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, server, atEditor, fieldsOf, saved;
before(async () => {
  desk = await openEditor();
  ({ server, atEditor, fieldsOf, saved } = desk);
});
after(() => desk?.close());

const SIGNATURES = [1, 2].map((recipient) => ({ type: 'signature', page: 1, x: 72 + 220 * (recipient - 1), y: 480, width: 190, height: 56, recipient }));
const board = (page) => page.locator('[data-board]');
const onStep = (page, name) => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).and(page.locator('[aria-current="step"]')).waitFor();

/** Whether it is on the screen, and nothing lies over it. */
const inSight = async (page, at) => {
  const { x, y, width, height } = await at.boundingBox();
  return at.evaluate((one, [across, down]) => one.contains(document.elementFromPoint(across, down)), [x + width / 2, y + height / 2]);
};

/** Answers every question of the browser, and keeps what was asked. */
function asked(page, answer) {
  const questions = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type() === 'beforeunload' ? 'beforeunload' : dialog.message());
    return answer() ? dialog.accept() : dialog.dismiss();
  });
  return questions;
}

test('a tab that is closed in the moment of the last change loses nothing', async () => {
  const { page, id } = await atEditor();
  const questions = asked(page, () => true);
  await board(page).focus();
  for (const letter of ['s', 't', 'd']) await page.keyboard.press(letter);
  await page.close({ runBeforeUnload: true });
  assert.deepEqual((await saved(id, 3)).map(({ type }) => type), ['signature', 'text', 'date_signed']);
  assert.deepEqual(questions, [], 'and nobody is asked about it');
  await page.context().close();
});

for (const shape of [DESKTOP, PHONE]) {
  test(`without a network the work goes on, and is saved when it is back, at ${shape.viewport.width} pixels`, async () => {
    const { page, id } = await atEditor({ shape });
    let leave = false;
    const questions = asked(page, () => leave);
    await page.context().setOffline(true);
    await board(page).focus();
    await page.keyboard.press('t');
    await page.getByText('Not saved', { exact: true }).waitFor();
    const alarm = page.getByText('The server cannot be reached. Nothing is lost');
    await alarm.waitFor();
    assert.ok(await inSight(page, alarm), 'wherever on the pages somebody is');
    await board(page).focus();
    await page.keyboard.press('n');
    await holdsUp(page, 'draft-offline');
    // Whoever closes the tab all the same is asked.
    await page.close({ runBeforeUnload: true });
    await until('the question', () => questions.includes('beforeunload'));
    assert.equal(page.isClosed(), false);
    await page.context().setOffline(false);
    assert.deepEqual((await saved(id, 2)).map(({ type }) => type), ['text', 'number']);
    await page.getByText('Saved as a draft').waitFor();
    assert.equal(await page.getByText('The server cannot be reached').count(), 0);
    leave = true;
    await over(page);
  });
}

for (const [keep, whose, kinds] of [['Keep mine', 'their own', ['number']], ['Take the other version', 'the other', ['text']]]) {
  test(`two windows on one draft: the second is asked, and can keep ${whose} version`, async () => {
    const { page, id } = await atEditor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator('.sheet canvas.drawn').first().waitFor();
    await page.bringToFront();
    await board(page).focus();
    await page.keyboard.press('t');
    await saved(id, 1);
    await other.bringToFront();
    await board(other).focus();
    await other.keyboard.press('n');
    const answer = other.getByRole('button', { name: keep });
    await answer.waitFor();
    assert.ok(await inSight(other, answer));
    await holdsUp(other, 'draft-moved');
    assert.deepEqual((await fieldsOf(id)).map(({ type }) => type), ['text'], 'nothing is written over unasked');
    await answer.click();
    await other.getByText('Saved as a draft').waitFor();
    assert.deepEqual((await fieldsOf(id)).map(({ type }) => type), kinds);
    // From here on it is saved as ever, and what is shown is what was kept.
    await board(other).focus();
    await other.keyboard.press('c');
    assert.deepEqual((await saved(id, 2)).map(({ type }) => type), [...kinds, 'checkbox']);
    assert.equal(await other.locator('[data-editor-field]').count(), 2);
    assert.equal(await chosen(other).count(), 1);
    await over(page);
  });
}

test('the browser’s own way back leads through the steps, and forward again, without a loss', async () => {
  const { page, id } = await atEditor({ fields: SIGNATURES });
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await onStep(page, /Send/);
  await page.goBack();
  await onStep(page, /Where/);
  await board(page).focus();
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Who and what' }).click();
  await page.getByLabel('Message to everyone').fill('As agreed.');
  await page.goBack();
  await onStep(page, /Where/);
  assert.equal(await page.locator('[data-editor-field]').count(), 3);
  await page.goForward();
  await onStep(page, /Who and what/);
  assert.equal(await page.getByLabel('Message to everyone').inputValue(), 'As agreed.');
  await page.reload();
  await onStep(page, /Who and what/);
  const draft = await server.json('GET', `/v1/envelopes/${id}`);
  assert.deepEqual([draft.fields.length, draft.message], [3, 'As agreed.']);
  await over(page);
});

test('what is half typed is asked about before a link of the desk leads away', async () => {
  const { page, id } = await atEditor();
  let leave = false;
  const questions = asked(page, () => leave);
  await page.getByRole('button', { name: 'Who and what' }).click();
  await page.getByLabel('E-mail address').first().fill('ada@exam');
  await page.getByText('Not saved yet: something is missing').waitFor();
  await page.getByRole('link', { name: 'Contacts' }).click();
  assert.equal(await page.getByLabel('E-mail address').first().inputValue(), 'ada@exam');
  leave = true;
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
  assert.deepEqual(questions, Array(2).fill('Something here is not saved yet. Leave it all the same?'));
  // What is whole goes without a question.
  await page.goto(`${server.url}/envelopes/${id}/edit`);
  await page.locator('.sheet canvas.drawn').first().waitFor();
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
  assert.equal(questions.length, 2);
  await over(page);
});

test('who presses Send twice sends once', async () => {
  const { page, id } = await atEditor({ fields: SIGNATURES });
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  await page.getByRole('button', { name: 'Send now' }).dblclick();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  assert.equal(items.filter(({ type }) => type === 'envelope_sent').length, 1);
  await server.linkFor('ada@example.org');
  assert.equal((await server.mailsTo('ada@example.org')).filter(server.linkIn).length, 1);
  await over(page);
});

test('whose session is over while they prepare signs in beside it and goes on', async () => {
  const { page, id } = await atEditor();
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await board(page).focus();
  await page.keyboard.press('t');
  await page.getByText('You have been signed out').waitFor();
  assert.equal(await page.locator('[data-editor-field]').count(), 1, 'the work is still there');
  await holdsUp(page, 'draft-signed-out');
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'Try again' }).click();
  await saved(id, 1);
  await page.getByText('Saved as a draft').waitFor();
  await over(page);
});
