/** What each role sees and does, at the width of a phone. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { oneOfEach, startServer, until } from './server.mjs';
import { adopt, agree, answer, fillEverything, finish, press, step } from './visit.mjs';
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

const signature = (recipient) => oneOfEach(recipient).filter(({ type }) => type === 'signature');
const GRACE = { name: 'Grace Hopper', email: 'grace@example.org', step: 2 };

async function open(email, about) {
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor(email, about));
  return page;
}

const personOf = async (id, number) => (await server.json('GET', `/v1/envelopes/${id}`)).recipients[number - 1];

async function close(page) {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

for (const [role, asks, button, thanks, status] of [
  ['approver', 'to read “Lease of the boathouse” and to say whether you approve', 'Approve', 'Thank you, you have approved', 'approved'],
  ['viewer', 'asks you to read “Lease of the boathouse”.', 'I have read it', 'Thank you, you have read it', 'viewed'],
]) {
  test(`a recipient who is ${role} reads, and presses one button`, async () => {
    const email = `${role}@example.org`;
    const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, role }, GRACE], fields: signature(2) });
    const page = await open(email);
    await page.getByText(asks).waitFor();
    await holdsUp(page, `${role}-consent`);
    await agree(page);
    await page.getByText('Please read it first').waitFor();
    assert.equal(await page.locator('[data-ceremony-step="place"]').count(), 0);
    assert.equal(await step(page, 'finish').textContent(), button);
    await holdsUp(page, `${role}-room`);
    await finish(page);
    await page.getByRole('heading', { name: thanks }).waitFor();
    await holdsUp(page, `${role}-done`);
    await until(status, async () => (await personOf(id, 1)).status === status);
    await server.linkFor(GRACE.email);
    await page.reload();
    await page.getByRole('heading', { name: role === 'approver' ? 'You have approved' : 'You have read it' }).waitFor();
    await close(page);
  });
}

test('an approver says no, in words that fit', async () => {
  const email = 'no@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, role: 'approver' }, GRACE], fields: signature(2) });
  const page = await open(email);
  await agree(page);
  await step(page, 'decline').click();
  await page.getByRole('heading', { name: 'Decline?' }).waitFor();
  await holdsUp(page, 'approver-decline');
  await step(page, 'decline-reason').fill('The rent is too high.');
  await step(page, 'decline-confirm').click();
  await page.getByRole('heading', { name: 'You declined', exact: true }).waitFor();
  await server.status(id, 'declined');
  await close(page);
});

// Seed: consigno-cloud.txt:139
test('somebody who only fills in has no signature to make, and then it is the signer’s turn', async () => {
  const email = 'filler@example.org';
  const fields = [...oneOfEach(1).filter(({ type }) => type === 'text' || type === 'checkbox'), ...signature(2)];
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, role: 'filler' }, { ...GRACE, email: 'after-filler@example.org' }], fields });
  const page = await open(email);
  await page.getByText('to fill in “Lease of the boathouse”. Others sign it.').waitFor();
  await agree(page);
  await page.locator('[data-field-type="text"]').fill('London');
  await page.locator('[data-field-type="checkbox"]').check();
  assert.equal(await step(page, 'finish').textContent(), 'Done');
  await holdsUp(page, 'filler-room');
  await finish(page);
  await page.getByRole('heading', { name: 'Thank you, you have filled it in' }).waitFor();
  await holdsUp(page, 'filler-done');
  await until('filled', async () => (await personOf(id, 1)).status === 'filled');
  await close(page);

  const hers = await open('after-filler@example.org');
  await agree(hers);
  assert.equal(await hers.locator('[data-field-type="text"]').count(), 0, 'what was filled in is in the document');
  await close(hers);
});

test('a witness is told what they sign as', async () => {
  const [ada, wit] = ['witnessed@example.org', 'witness@example.org'];
  const recipients = [{ name: 'Ada Lovelace', email: ada }, { name: 'Wilma Witness', email: wit, role: 'witness', witness_of: 1, step: 2 }];
  const { id } = await server.send({ recipients, fields: [...signature(1), ...signature(2)] });
  for (const [email, asks] of [[ada, 'asks you to sign “Lease'], [wit, 'asks you to sign “Lease of the boathouse” as a witness']]) {
    const page = await open(email);
    await page.getByText(asks).waitFor();
    await agree(page);
    await page.getByRole('button', { name: 'Sign here' }).click();
    await adopt(page);
    await finish(page);
    await close(page);
  }
  await server.status(id, 'completed');
});

test('who signs in person is handed the device by the host, and hands it back', async () => {
  const host = 'host@example.org';
  const recipients = [
    { name: 'Hanna Host', email: host, role: 'host' },
    { name: 'Ada Lovelace', email: 'in-person@example.org', role: 'in_person_signer', host: 1 },
  ];
  const { id } = await server.send({ recipients, fields: signature(2) });
  const page = await open(host);
  await page.getByRole('heading', { name: 'Hand the device to Ada Lovelace' }).waitFor();
  assert.equal(await step(page, 'disclosure-modal').count(), 0);
  await holdsUp(page, 'in-person-hand');
  await press(page, 'start');
  await page.getByText('Hello Ada Lovelace.').waitFor();
  await agree(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await finish(page);
  await page.getByText('Please hand the device back to Hanna Host.').waitFor();
  await holdsUp(page, 'in-person-done');
  await server.status(id, 'completed');
  await close(page);
});

test('somebody else is named, and takes over at once where the sender lets that be', async () => {
  const email = 'delegates@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: signature(1), rules: { delegation: 'free' } });
  const page = await open(email);
  await press(page, 'delegate');
  await step(page, 'delegate-modal').waitFor();
  await holdsUp(page, 'delegate');
  await step(page, 'delegate-name').fill('Charles Babbage');
  await step(page, 'delegate-email').fill('no address');
  await step(page, 'delegate-apply').click();
  await page.getByText('This is no e-mail address.').waitFor();
  await page.getByText('Please say in a few words why.').waitFor();
  await holdsUp(page, 'delegate-wrong');
  await step(page, 'delegate-email').fill('charles@example.org');
  await step(page, 'delegate-reason').fill('He runs the boathouse now.');
  await step(page, 'delegate-apply').click();
  await page.getByRole('heading', { name: 'Charles Babbage does it in your place' }).waitFor();
  await holdsUp(page, 'delegated');
  // Who follows the link once more is told the same, and is offered no other one.
  await page.reload();
  await page.getByRole('heading', { name: 'Charles Babbage signs in your place' }).waitFor();
  await page.getByText(/That has been so since .+\d{4}.*, as you asked\./).waitFor();
  assert.equal(await page.getByRole('button', { name: /new link/ }).count(), 0);
  await holdsUp(page, 'delegated-later');
  await close(page);

  const his = await open('charles@example.org');
  await his.getByText('Hello Charles Babbage.').waitFor();
  await agree(his);
  await his.getByRole('button', { name: 'Sign here' }).click();
  await adopt(his);
  await finish(his);
  await server.status(id, 'completed');
  await close(his);
});

test('where the sender wants to be asked, the page says so, and the link still works', async () => {
  const email = 'asks@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: signature(1), rules: { delegation: 'with_consent' } });
  const page = await open(email);
  await agree(page);
  await step(page, 'delegate').click();
  await step(page, 'delegate-name').fill('Charles Babbage');
  await step(page, 'delegate-email').fill('charles.asked@example.org');
  await step(page, 'delegate-reason').fill('He runs the boathouse now.');
  await step(page, 'delegate-apply').click();
  await page.getByRole('heading', { name: /has been asked/ }).waitFor();
  await holdsUp(page, 'delegate-asked');
  assert.equal((await personOf(id, 1)).delegation.email, 'charles.asked@example.org');
  await page.reload();
  await step(page, 'finish').waitFor();
  await close(page);
});

test('who may not name somebody else is not offered it', async () => {
  const email = 'alone@example.org';
  await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: signature(1) });
  const page = await open(email);
  await step(page, 'disclosure-modal').waitFor();
  assert.equal(await step(page, 'delegate').count(), 0);
  await agree(page);
  assert.equal(await step(page, 'delegate').count(), 0);
  await close(page);
});

test('an agreement that is taken back closes the document, and can be given again', async () => {
  const email = 'withdraws@example.org';
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: oneOfEach(1) });
  const page = await open(email);
  await agree(page);
  await page.locator('[data-field-type="text"]').fill('London');
  await step(page, 'withdraw').click();
  await step(page, 'withdraw-modal').waitFor();
  await holdsUp(page, 'withdraw');
  await step(page, 'withdraw-confirm').click();
  await step(page, 'disclosure-modal').waitFor();
  assert.equal(await step(page, 'finish').count(), 0);
  await agree(page);
  assert.equal(await page.locator('[data-field-type="text"]').inputValue(), 'London');
  await fillEverything(page);
  await finish(page);
  await server.status(id, 'completed');
  await close(page);
});

test('under Part 11 the meaning is chosen, and who they are is shown once more at the moment of signing', async () => {
  const email = 'part-11@example.org';
  const rules = { part_11: { meanings: ['Author', 'Reviewed', 'Approved'] } };
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication: [{ method: 'pin', pin: '7351' }] }], fields: signature(1), rules });
  const page = await open(email);
  await answer(page, '7351');
  await step(page, 'disclosure-modal').waitFor();
  await agree(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await step(page, 'finish').click();
  await step(page, 'meaning-modal').waitFor();
  await step(page, 'meaning-apply').click();
  await page.getByText('Please choose one first.').waitFor();
  await holdsUp(page, 'meaning');
  await page.getByLabel('Reviewed').check();
  await step(page, 'meaning-apply').click();
  await page.getByRole('heading', { name: 'Show once more that it is you' }).waitFor();
  await holdsUp(page, 'proof-again');
  await answer(page, '0000');
  await page.getByText('You have 4 tries left.').waitFor();
  await answer(page, '7351');
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  assert.equal(items.filter(({ type }) => type === 'challenge_passed').length, 2);
  const evidence = await (await server.call('GET', `/v1/envelopes/${id}/evidence.json`)).text();
  assert.match(evidence, /"meaning": ?"Reviewed"/, 'the meaning stands in the evidence');
  await close(page);
});

test('who is not needed any more is told so kindly', async () => {
  const [first, second] = ['quick@example.org', 'slow@example.org'];
  const recipients = [{ name: 'Ada Lovelace', email: first }, { name: 'Grace Hopper', email: second }];
  await server.send({ recipients, fields: [...signature(1), ...signature(2)], rules: { completion: 'any_of_step' } });
  const slow = await open(second);
  await agree(slow);
  const page = await open(first);
  await agree(page);
  await page.getByRole('button', { name: 'Sign here' }).click();
  await adopt(page);
  await finish(page);
  await close(page);
  await slow.reload();
  await slow.getByRole('heading', { name: /You need not do anything any more|Signed by everyone/ }).waitFor();
  await holdsUp(slow, 'not-needed');
  await close(slow);
});
