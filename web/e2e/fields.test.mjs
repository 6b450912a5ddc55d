/** Every kind of field at the signer's page: with a finger on a phone, at a desk, and with the keyboard alone. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot, tabTo } from './browser.mjs';
import { contract } from './contract.mjs';
import { GROUPS, MADE, WORDS, everyField, field, isMet, isSeen } from './every-field.mjs';
import { drawn, laid, pyhankoAccepts, readByPypdf } from './judges.mjs';
import { scannedSignature } from './picture.mjs';
import { startServer, until } from './server.mjs';
import { adopt, agree, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const PDF = { name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };
const PNG = { name: 'me.png', mimeType: 'image/png', buffer: scannedSignature() };

async function begin(email, shape) {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: everyField(), groups: GROUPS });
  const page = await openPage(browser, shape);
  const link = await server.linkFor(email);
  await page.goto(link);
  await agree(page);
  await page.locator('canvas').first().waitFor();
  return { id, page, link };
}

/** What the server keeps of a field, as the page of the same person would be told on another phone. */
async function kept(link, id) {
  const answer = await fetch(`${server.url}/v1/ceremony`, { headers: { Authorization: `Bearer ${link.split('/').pop()}` } });
  return (await answer.json()).fields.find((one) => one.id === id);
}

async function addFile(page, id, file) {
  await field(page, id).click();
  await step(page, 'file-modal').waitFor();
  await step(page, 'file-input').setInputFiles(file);
}

async function added(page) {
  await step(page, 'file-modal').getByText('Remove this file').waitFor();
  await step(page, 'file-modal').getByRole('button', { name: 'Done' }).click();
  await step(page, 'file-modal').waitFor({ state: 'hidden' });
}

/** The events hold what was said at the end, whatever becomes of the page. */
async function whatWasSaid(id) {
  const evidence = await (await server.call('GET', `/v1/envelopes/${id}/evidence.json`)).text();
  for (const [name, value] of Object.entries({ ...WORDS, ...MADE })) {
    assert.ok(evidence.includes(JSON.stringify(value).slice(1, -1)), `${name} is in the evidence`);
  }
}

/** What the page was given is what others find in the document: signed, as values of its form, and in its picture. */
async function othersRead(id, t) {
  await laid(server, id, async (document) => {
    await pyhankoAccepts(document, 2, t);
    const read = await readByPypdf(document, t);
    if (read) assert.deepEqual({ ...read, ...LATER }, { ...READ, ...LATER });
    const ink = await drawn(document);
    const inked = Object.fromEntries(await Promise.all(everyField().map(async (one) => [one.id, await ink(one.page, one)])));
    assert.deepEqual(everyField().filter((one) => isSeen(one) && inked[one.id] < 8).map(({ id: blank }) => blank), [], 'nothing that was filled is blank');
    assert.deepEqual(['note', 'dog', 'approve_button'].filter((name) => inked[name] > 0), [], 'and nothing else is drawn');
    // Empty boxes have their frames.
    assert.ok(inked.day > inked.night && inked.no > inked.yes, 'ticks are seen');
  });
}

/** The form as pypdf reads it, by the names that fields have in a document. */
const READ = {
  signer1_text1: WORDS.text, signer1_multiline_text1: WORDS.multiline_text, signer1_boxed_text1: WORDS.boxed_text, signer1_number1: WORDS.rent, signer1_number2: WORDS.fees,
  signer1_number3: MADE.total, signer1_email1: WORDS.email, signer1_date_entered1: 'May 5, 2026', signer1_dropdown1: WORDS.dropdown, signer1_dropdown2: WORDS.country,
  signer1_company1: WORDS.company, signer1_job_title1: WORDS.job_title, signer1_recipient_name1: MADE.recipient_name, signer1_recipient_email1: 'desk@example.org',
  signer1_text2: MADE.whole, signer1_text3: MADE.given, signer1_text4: WORDS.reference, signer1_text5: '', signer1_checkbox1: '/Yes', signer1_checkbox2: '/Off',
  signer1_checkbox3: '/Off', signer1_checkbox4: '/Yes', signer1_radio_pets: '/2', signer1_image1: '', signer1_stamp1: '', signer1_initials1: '',
};
/** Days of today, whose form others look at. */
const LATER = { signer1_date1: '', completion_date1: '' };

test('every kind is filled at a desk, computed and counted as one types, and comes back from the server', async (t) => {
  const { id, page, link } = await begin('desk@example.org', DESKTOP);
  for (const one of everyField()) {
    assert.equal(await field(page, one.id).count(), isMet(one) ? 1 : 0, one.id);
  }
  await holdsUp(page, 'fields-empty');
  for (const [name, value] of Object.entries(WORDS)) {
    const at = field(page, name);
    if (await at.evaluate((one) => one instanceof HTMLSelectElement)) await at.selectOption(value);
    else await at.fill(value);
  }
  assert.equal(await field(page, 'total').textContent(), MADE.total);
  assert.equal(await field(page, 'whole').textContent(), MADE.whole);
  assert.equal(await field(page, 'given').inputValue(), MADE.given);
  assert.equal(await field(page, 'given').isEditable(), false);
  assert.match(await field(page, 'recipient_name').textContent(), /Ada Lovelace/);
  await page.getByRole('note').getByText('harbour master').waitFor();

  await field(page, 'day').check();
  const times = page.getByRole('group', { name: 'When do you come?. Choose 1 to 2' });
  assert.equal(await times.getByRole('checkbox').count(), 3);
  await field(page, 'yes').check();
  await field(page, 'dog').fill('Rex');
  await field(page, 'no').check();
  await field(page, 'dog').waitFor({ state: 'detached' });
  assert.equal(await field(page, 'yes').isChecked(), false);
  await field(page, 'checkbox').check();

  await addFile(page, 'attachment', { name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 but no more') });
  await step(page, 'file-modal').getByText('This PDF cannot be read').waitFor();
  await addFileHere(page, PNG);
  await step(page, 'file-modal').getByText('choose one of these: PDF or JPEG').waitFor();
  await holdsUp(page, 'fields-file-refused');
  await addFileHere(page, PDF);
  await added(page);
  await addFile(page, 'image', PNG);
  await holdsUp(page, 'fields-picture');
  await added(page);
  await field(page, 'image').locator('img').waitFor();

  await until('the draft to be saved', async () => (await kept(link, 'reference')).value === WORDS.reference && (await kept(link, 'checkbox')).value === 'true');
  const phone = await openPage(browser, PHONE);
  await phone.goto(link);
  await step(phone, 'finish').waitFor();
  for (const [name, value] of Object.entries(WORDS)) assert.equal(await field(phone, name).inputValue(), value, `${name} is on the other device too`);
  assert.equal(await field(phone, 'no').isChecked(), true);
  await field(phone, 'image').locator('img').waitFor();
  await holdsUp(phone, 'fields-filled');
  await phone.context().close();

  await page.getByRole('button', { name: 'Initial here' }).click();
  await adopt(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await page.getByText('All filled in').waitFor();
  await holdsUp(page, 'fields-all');
  await finish(page);
  await server.status(id, 'completed');
  await whatWasSaid(id);
  await othersRead(id, t);
  const envelope = await server.json('GET', `/v1/envelopes/${id}`);
  assert.deepEqual(envelope.files.map(({ field: of, name, type }) => [of, name, type]), [['attachment', 'licence.pdf', 'pdf'], ['image', 'me.png', 'png']]);
  const read = async (path) => Buffer.from(await (await server.call('GET', `/v1/envelopes/${id}/files/attachment${path}`)).arrayBuffer());
  const [came, sealed] = [await read('?revision=upload'), await read('')];
  assert.deepEqual(came, PDF.buffer);
  assert.ok(sealed.length > came.length && sealed.subarray(0, came.length).equals(came), 'the seal is added behind what came');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

async function addFileHere(page, file) {
  await step(page, 'file-input').setInputFiles(file);
}

test('on a phone what is left is listed, led through and typed large', async () => {
  const { page } = await begin('phone@example.org', PHONE);
  const left = step(page, 'left');
  await left.click();
  const list = step(page, 'left-modal');
  await list.waitFor();
  await holdsUp(page, 'fields-left');
  assert.equal(await list.getByRole('button', { name: /When do you come/ }).count(), 1, 'a group is one thing');
  await list.getByRole('button', { name: /About you/ }).click();
  const large = page.locator('#large-input');
  await large.fill(WORDS.multiline_text);
  await holdsUp(page, 'fields-large');
  const next = page.getByRole('button', { name: 'Next field' });
  await next.click();
  await page.getByLabel('Customer number').last().waitFor();
  await large.fill(WORDS.boxed_text);
  await next.click();
  await page.waitForFunction(() => document.activeElement?.id === 'large-input' && document.querySelector('label[for=large-input]')?.textContent.startsWith('Rent'));
  assert.equal(await large.getAttribute('inputmode'), 'decimal');
  await large.fill('9000');
  await next.click();
  await until('the refusal', async () => field(page, 'rent').getAttribute('aria-invalid'));
  await left.click();
  await list.getByText('This is more than 5000').waitFor();
  await holdsUp(page, 'fields-left-wrong');
  await list.getByRole('button', { name: /boating licence/ }).click();
  await page.waitForFunction(() => document.activeElement?.dataset.fieldId === 'attachment');
  await field(page, 'attachment').tap();
  await step(page, 'file-modal').getByText('Take a photo').waitFor();
  assert.equal(await page.locator('input[capture=environment]').count(), 1);
  await holdsUp(page, 'fields-add-file');
  await page.context().close();
});

test('a value that is refused is told at its field when it is left, in the words of the sender', async () => {
  const { page, link } = await begin('wrong@example.org', DESKTOP);
  await field(page, 'text').fill('London');
  await field(page, 'reference').fill('12');
  assert.equal(await field(page, 'reference').getAttribute('aria-invalid'), null, 'nobody is told while they type');
  await field(page, 'email').focus();
  await until('the refusal', async () => (await field(page, 'reference').getAttribute('aria-invalid')) === 'true');
  assert.match(await page.locator('#tip-reference').textContent(), /stands on your invoice/);
  await field(page, 'reference').focus();
  await shot(page, 'fields-told');
  await until('the rest to be saved all the same', async () => (await kept(link, 'text')).value === 'London');
  assert.equal((await kept(link, 'reference')).value, null);
  await field(page, 'reference').fill('AB-1234');
  await field(page, 'email').focus();
  await until('the value', async () => (await kept(link, 'reference')).value === 'AB-1234');
  assert.equal(await field(page, 'reference').getAttribute('aria-invalid'), null);
  await field(page, 'rent').fill('1 250,5');
  await field(page, 'email').focus();
  assert.equal(await field(page, 'rent').inputValue(), '1250.5', 'a decimal comma is understood');
  await field(page, 'decline_button').click();
  await page.getByRole('heading', { name: 'Decline to sign?' }).waitFor();
  await page.getByRole('button', { name: 'Go on signing' }).click();
  await field(page, 'approve_button').click();
  await page.waitForFunction(() => document.activeElement?.dataset.fieldId !== 'approve_button');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('the keyboard alone fills every kind', async () => {
  const { id, page } = await begin('keys@example.org', DESKTOP);
  const press = (key) => page.keyboard.press(key);
  const to = (name) => tabTo(page, `[data-field-id="${name}"]`, 120);
  for (const [name, value] of Object.entries(WORDS)) {
    await to(name);
    if (name === 'date') await page.keyboard.type('05052026');
    else if (name === 'dropdown') await page.keyboard.type('Dark');
    else for (const [row, line] of value.split('\n').entries()) {
      if (row > 0) await press('Enter');
      await page.keyboard.type(line);
    }
    await until(name, async () => (await field(page, name).inputValue()) === value);
  }
  await to('day');
  await press('Space');
  await tabTo(page, '[data-field-id="yes"], [data-field-id="no"]');
  await press('Space');
  await press('ArrowDown');
  assert.equal(await field(page, 'no').isChecked(), true, 'arrows go from button to button');
  await to('checkbox');
  await press('Space');
  for (const [name, file] of [['attachment', PDF], ['image', PNG]]) {
    await to(name);
    await press('Enter');
    await step(page, 'file-modal').waitFor();
    await tabTo(page, '[data-ceremony-step="file-input"]');
    await step(page, 'file-input').setInputFiles(file);
    await step(page, 'file-modal').getByText('Remove this file').waitFor();
    await press('Escape');
    await step(page, 'file-modal').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.fieldId), name, 'the focus comes back');
  }
  for (const name of ['Initial here', 'Sign here']) {
    await tabTo(page, `[aria-label="${name}"]`);
    await press('Enter');
    await step(page, 'adopt-modal').waitFor();
    await tabTo(page, '[data-ceremony-step="adopt"]');
    await press('Space');
    await tabTo(page, '[data-ceremony-step="adopt-apply"]');
    await press('Enter');
    await step(page, 'adopt-modal').waitFor({ state: 'hidden' });
  }
  await tabTo(page, '[data-ceremony-step="finish"]');
  await press('Enter');
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  await whatWasSaid(id);
  await page.context().close();
});

test('the text can be read without the pages, in larger letters, and from right to left', async () => {
  const { page } = await begin('reads@example.org', PHONE);
  await step(page, 'reading').click();
  const reading = step(page, 'reading-modal');
  await reading.getByRole('heading', { name: 'Page 3 of 3' }).waitFor();
  await reading.getByText('The boathouse is let with its slipway').waitFor();
  assert.deepEqual(await reading.getByRole('heading', { level: 4 }).allTextContents(), ['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3']);
  await holdsUp(page, 'fields-reading');
  await reading.getByRole('button', { name: 'Close' }).click();
  const size = () => page.evaluate(() => getComputedStyle(document.querySelector('[data-ceremony-step="finish"]')).fontSize);
  const before = parseFloat(await size());
  const larger = step(page, 'text-size').getByRole('button', { name: 'Larger letters' });
  while (await larger.isEnabled()) await larger.click();
  await until('the letters to be larger', async () => parseFloat(await size()) === before * 1.5, 5_000);
  await holdsUp(page, 'fields-letters');
  const smaller = step(page, 'text-size').getByRole('button', { name: 'Smaller letters' });
  while (await smaller.isEnabled()) await smaller.click();

  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const boxes = await page.evaluate(() => {
    const finish = document.querySelector('[data-ceremony-step="finish"]').getBoundingClientRect();
    const next = [...document.querySelectorAll('footer .primary')].at(-1).getBoundingClientRect();
    const text = document.querySelector('[data-field-id="text"]').getBoundingClientRect();
    const sheet = document.querySelector('[data-page="1"]').getBoundingClientRect();
    return { turned: next.left < finish.left, share: (text.left - sheet.left) / sheet.width };
  });
  assert.equal(boxes.turned, true, 'the bar runs from right to left');
  assert.ok(Math.abs(boxes.share - 72 / 595) < 0.01, 'and the page stays as it is');
  await holdsUp(page, 'fields-right-to-left');
  await page.context().close();
});
