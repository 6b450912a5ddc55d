/** Places that are left to the signer: by finger on a phone, by keyboard at a desk; where they stand, another reader says. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { openDesk } from './at-desk.mjs';
import { contract } from './contract.mjs';
import { DESKTOP, PHONE, holdsUp, openPage, shot, tabTo } from './browser.mjs';
import { until } from './server.mjs';
import { adopt, agree, finish, step } from './visit.mjs';
import { test } from './walk.mjs';

let desk, server, browser, atDesk;
before(async () => {
  desk = await openDesk();
  ({ server, browser, atDesk } = desk);
});
after(() => desk?.close());

const FREE = { fields: [], rules: { place_required: false } };

/** The form fields of the finished document by name: page, kind, and the box from the top left corner. */
async function placedIn(id) {
  const file = new Uint8Array(await (await server.call('GET', `/v1/envelopes/${id}/documents/1`)).arrayBuffer());
  const pdf = await getDocument({ data: file, verbosity: 0 }).promise;
  const found = {};
  for (let number = 1; number <= pdf.numPages; number += 1) {
    for (const { fieldName, fieldType, rect } of await (await pdf.getPage(number)).getAnnotations()) {
      if (fieldName) found[fieldName] = { page: number, kind: fieldType, x: rect[0], y: 842 - rect[3], width: rect[2] - rect[0], height: rect[3] - rect[1] };
    }
  }
  return found;
}

const near = (one, other, what) => {
  for (const key of ['page', 'x', 'y', 'width', 'height']) assert.ok(Math.abs(one[key] - other[key]) < 0.02, `${what}, ${key}: ${one[key]} and not ${other[key]}`);
};

/** The fields as the server has them, once there are so many. */
const kept = (id, count) => until(`${count} fields`, async () => {
  const { fields } = await server.json('GET', `/v1/envelopes/${id}`);
  return fields.length === count && fields;
});

test('somebody with a phone taps where they want to sign, moves it, and finds it there in the document', async () => {
  const { id } = await server.send({ ...FREE, recipients: [{ name: 'Ada Lovelace', email: 'tap@example.org' }] });
  const phone = await openPage(browser, PHONE);
  await phone.goto(await server.linkFor('tap@example.org'));
  await agree(phone);
  await step(phone, 'placing').getByText('Tap where you want to sign.').waitFor();
  await holdsUp(phone, 'placing');

  const page = phone.locator('[data-document="1"][data-page="1"]');
  const box = await page.boundingBox();
  await phone.touchscreen.tap(box.x + box.width * 0.4, box.y + box.height * 0.5);
  const mine = phone.getByRole('button', { name: 'Sign here' });
  await mine.waitFor();
  const [first] = await kept(id, 1);
  assert.equal(first.placed_by, 'recipient');
  assert.ok(Math.abs(first.x + first.width / 2 - 595 * 0.4) < 2, 'its middle is where the finger was');
  assert.ok(Math.abs(first.y + first.height / 2 - 842 * 0.5) < 2, 'its middle is where the finger was');

  // The finger takes it by its handle and brings it elsewhere.
  const grip = await phone.locator('[data-placing="move"]').boundingBox();
  const finger = await phone.context().newCDPSession(phone);
  const at = (x, y) => ({ touchPoints: [{ x: grip.x + grip.width / 2 + x, y: grip.y + grip.height / 2 + y }] });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(0, 0) });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(20, 30) });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(40, 60) });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const moved = await until('the new place', async () => (await kept(id, 1)).find(({ x, y }) => x > first.x + 20 && y > first.y + 40));
  assert.equal(moved.width, first.width);

  // A date beside it, and one more that is taken away again.
  await phone.locator('[data-placing-kind="date_signed"]').tap();
  await phone.touchscreen.tap(box.x + box.width * 0.3, box.y + box.height * 0.75);
  await kept(id, 2);
  await phone.locator('[data-placing-kind="text"]').tap();
  await phone.touchscreen.tap(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await kept(id, 3);
  await shot(phone, 'placing-three');
  await phone.getByRole('button', { name: 'Take away: Text' }).tap();
  const fields = await kept(id, 2);

  await mine.tap();
  await adopt(phone);
  await holdsUp(phone, 'placing-signed');
  await finish(phone);
  assert.deepEqual(phone.wrong, []);
  await phone.context().close();
  await server.status(id, 'completed');
  const found = await placedIn(id);
  const of = (type) => fields.find((field) => field.type === type);
  near(found.signer1_signature1, of('signature'), 'the signature');
  assert.equal(found.signer1_signature1.kind, 'Sig');
  near(found.signer1_date1, of('date_signed'), 'the date');
});

test('the keyboard alone puts a signature on a page, moves it, makes it larger and takes it away', async () => {
  const { id } = await server.send({ ...FREE, recipients: [{ name: 'Ada Lovelace', email: 'place-keys@example.org' }] });
  const page = await openPage(browser, DESKTOP);
  await page.goto(await server.linkFor('place-keys@example.org'));
  await agree(page);
  await step(page, 'placing').waitFor();
  const press = (key) => page.keyboard.press(key);
  await tabTo(page, '[data-placing-page="1"]');
  await press('Enter');
  const [first] = await kept(id, 1);
  await until('the focus on it', () => page.evaluate(() => document.activeElement.dataset.placing === 'move'));
  for (const key of ['ArrowRight', 'Shift+ArrowDown', 'Alt+ArrowRight']) await press(key);
  const moved = await until('the new place', async () => (await kept(id, 1)).find(({ width }) => width !== first.width));
  assert.deepEqual([moved.x, moved.y, moved.width], [first.x + 1, first.y + 10, first.width + 1]);
  await press('Delete');
  await kept(id, 0);
  await tabTo(page, '[data-placing-page="2"]');
  await press('Enter');
  const [second] = await kept(id, 1);
  assert.equal(second.page, 2);
  await holdsUp(page, 'placing-desktop');
  await tabTo(page, `#field-${second.id}`);
  await press('Enter');
  await adopt(page);
  await finish(page);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
  await server.status(id, 'completed');
  near((await placedIn(id)).signer1_signature1, second, 'the signature');
});

test('what was placed is there again after the page was opened anew, and who finishes without a place signs all the same', async () => {
  const { id } = await server.send({ ...FREE, recipients: [{ name: 'Ada Lovelace', email: 'again@example.org' }] });
  const link = await server.linkFor('again@example.org');
  const page = await openPage(browser, DESKTOP);
  await page.goto(link);
  await agree(page);
  await page.locator('[data-placing-page="1"]').click();
  await kept(id, 1);
  await page.reload();
  await page.getByRole('button', { name: 'Take away: Signature' }).click();
  await kept(id, 0);
  await step(page, 'finish').click();
  await step(page, 'placing').getByText('You can also finish without').waitFor();
  await finish(page);
  await page.context().close();
  await server.status(id, 'completed');
  const { signer1_signature1: signature } = await placedIn(id);
  assert.deepEqual([signature.kind, signature.width, signature.height], ['Sig', 0, 0]);
});

// Seed: xodo-sign.txt:56
test('the sender lets signers place their own fields, and is asked for no place any more', async () => {
  const upload = await server.json('POST', '/v1/uploads?filename=lease.pdf', contract());
  const draft = await server.json('POST', '/v1/envelopes', {
    title: 'Lease',
    documents: [{ upload: upload.id, title: 'Lease' }],
    recipients: [{ name: 'Ada Lovelace', email: 'free@example.org' }],
    fields: [],
  });
  const page = await atDesk(DESKTOP, `/envelopes/${draft.id}/edit`);
  await page.locator('.sheet canvas.drawn').first().waitFor();
  const go = (name) => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click();
  await go(/Send/);
  await page.getByText('Has no place to sign yet.').first().waitFor();
  await go(/Who and what/);
  await page.getByText('More settings', { exact: true }).click();
  await page.getByLabel(/Signers may place their own fields/).check();
  await until('the rule', async () => (await server.json('GET', `/v1/envelopes/${draft.id}`)).rules.place_required === false);
  await go(/Send/);
  await page.getByText('Has no place to sign yet.').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Preview' }).click();
  await step(page, 'placing').waitFor();
  await page.getByRole('button', { name: 'Put my signature on this page' }).first().click();
  await page.getByRole('button', { name: 'Sign here' }).waitFor();
  await page.getByRole('button', { name: 'Close preview' }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await server.status(draft.id, 'in_progress');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
