/** The sender's desk: people with all their parts and proofs, and what can be done about them afterwards. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openDesk } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, shot } from './browser.mjs';
import { contract } from './contract.mjs';
import { KEYBOARD, MOUSE } from './hands.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, server, atDesk;
before(async () => {
  desk = await openDesk();
  ({ server, atDesk } = desk);
});
after(() => desk?.close());

const FILE = { name: 'boathouse.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };
const SIGNATURE = [{ type: 'signature', document: 1, page: 3, x: 72, y: 480, width: 190, height: 56, recipient: 1, required: true, label: '' }];

const read = (id) => server.json('GET', `/v1/envelopes/${id}`);
const happened = async (id, type) => (await server.json('GET', `/v1/envelopes/${id}/events`)).items.filter((one) => one.type === type);

/** What a recipient's page says to the server, by the token of their link. */
async function asRecipient(link, method, path = '', body, visit) {
  const answer = await fetch(`${server.url}/v1/ceremony${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${link.split('/').pop()}`,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(visit ? { 'X-Countersign-Visit': visit } : {}),
    },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
}

/** The entry of one person on the page of a request, and what its menu offers. */
const entry = (page, number) => page.locator(`[data-person="${number}"]`);
async function choose(page, where, button, item) {
  await where.getByRole('button', { name: button }).click();
  await where.getByRole('button', { name: item, exact: true }).click();
}

for (const [name, shape, hand] of [['the mouse on a desktop', DESKTOP, MOUSE], ['the keyboard alone at the width of a phone', { viewport: PHONE.viewport }, KEYBOARD]]) {
  test(`a contract goes to an approver, a signer with two proofs, a viewer and a copy, made with ${name}`, async () => {
    const width = shape.viewport.width;
    const page = await atDesk(shape, '/new');
    const last = (label) => page.getByLabel(label, { exact: true }).last();
    const address = (who) => `${who}-${width}@example.org`;
    await hand.press(page, page.getByLabel('This is a test'));
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('3 pages').waitFor();

    const people = [
      ['Alan Turing', 'alan', 'Approves', 'Agrees or declines; leaves no mark in the document.'],
      ['Grace Hopper', 'grace', 'Signs', 'Gets a link, fills in their fields and signs.'],
      ['Ada Lovelace', 'ada', 'Has to read it', 'Has to open the document before it goes on; leaves no mark in it.'],
      ['Charles Babbage', 'charles', 'Gets a copy', 'Gets the finished document and does nothing.'],
    ];
    for (const [index, [full, short, role, means]] of people.entries()) {
      if (index > 0) await hand.press(page, page.getByRole('button', { name: 'Add a person' }));
      await hand.write(page, last('Name'), full);
      await hand.write(page, last('E-mail address'), address(short));
      if (role !== 'Signs') await hand.choose(page, last('Part'), role);
      await page.getByText(means).waitFor();
    }

    const grace = page.getByRole('group', { name: 'Grace Hopper', exact: true });
    const method = grace.getByLabel('Choose a proof');
    await hand.press(page, grace.getByText('Proof of who they are, message, more'));
    await hand.write(page, grace.getByLabel('Telephone (optional)'), '+33 6 12 34 56 78');
    await hand.choose(page, method, 'PIN');
    await hand.press(page, grace.getByRole('button', { name: 'Add', exact: true }));
    await hand.write(page, grace.getByLabel('PIN, 4 to 12 letters or digits'), '4711');
    // What the rules forbid cannot be chosen, and why is said beside the choice, also to whoever only hears it.
    const refusal = 'Code by text message: A PIN and a code by text message cannot be combined for one person. Keep one of them.';
    await grace.getByText(refusal).waitFor();
    assert.equal(await method.getByRole('option', { name: 'Code by text message (not possible now)' }).isDisabled(), true);
    assert.equal(await method.getByRole('option', { name: 'Code by a call', exact: true }).isDisabled(), false);
    const said = await method.evaluate((one) => document.getElementById(one.getAttribute('aria-describedby')).textContent);
    assert.ok(said.includes(refusal), said);
    await holdsUp(page, 'people-refused');
    // A PIN is kept when its box is left.
    await method.focus();
    await grace.getByText('The PIN is set').waitFor();
    await hand.choose(page, method, 'Code by a call');
    await hand.press(page, grace.getByRole('button', { name: 'Add', exact: true }));
    await hand.write(page, grace.getByLabel('Private message, to this person alone (optional)'), 'The PIN is the one of the winch.');

    await hand.press(page, page.getByText('More settings', { exact: true }));
    await hand.write(page, page.getByLabel('First after so many days'), '3');
    await hand.write(page, page.getByLabel('Days before the end'), '7, 2');
    await hand.choose(page, page.getByLabel('Somebody else in their place'), 'only if I agree');
    await hand.choose(page, page.getByLabel('When somebody declines'), 'the others go on');
    await holdsUp(page, 'people');

    await hand.press(page, page.getByRole('button', { name: 'Next: where they sign' }));
    await page.locator('.surface').first().waitFor();
    await hand.press(page, page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name: 'Signature', exact: true }));
    if (hand === MOUSE) await page.locator('.sheet[data-page="1"] .surface').click({ position: { x: 150, y: 400 } });
    else await hand.press(page, page.getByRole('button', { name: 'Add Signature to this page' }).first());
    await hand.press(page, page.getByRole('button', { name: 'Next: check and send' }));
    await page.getByText('Proof: PIN, Code by a call').waitFor();
    await holdsUp(page, 'people-review');
    await hand.press(page, page.getByRole('button', { name: 'Send now' }));
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await holdsUp(page, 'people-sent');

    const envelope = await read(/\/envelopes\/([^/]+)$/.exec(page.url())[1]);
    assert.deepEqual(envelope.recipients.map(({ role, step, status }) => [role, step, status]), [
      ['approver', 1, 'invited'],
      ['signer', 2, 'waiting'],
      ['viewer', 3, 'waiting'],
      ['copy', 4, 'waiting'],
    ]);
    assert.deepEqual(envelope.recipients[1].authentication, [{ method: 'pin', pin_set: true }, { method: 'voice_code' }]);
    assert.equal(envelope.recipients[1].phone, '+33612345678');
    assert.equal(envelope.recipients[1].message, 'The PIN is the one of the winch.');
    assert.deepEqual([envelope.reminders.first_after_days, envelope.reminders.before_expiry_days], [3, [7, 2]]);
    assert.deepEqual([envelope.rules.delegation, envelope.rules.decline_ends], ['with_consent', 'recipient']);
    await server.mailTo(address('alan'));
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('people who change places in a draft take their PINs with them', async () => {
  const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', contract());
  const who = (name, pin) => ({ name, email: `${name}-pin@example.org`, authentication: [{ method: 'pin', ...(pin ? { pin } : {}) }] });
  const draft = { title: 'Two PINs', documents: [{ upload: upload.id, title: 'Lease' }], fields: [...SIGNATURE, { ...SIGNATURE[0], x: 320, recipient: 2 }] };
  const { id } = await server.json('POST', '/v1/envelopes', { ...draft, recipients: [who('ada', '1111'), who('bo', '2222')] });
  const page = await atDesk(DESKTOP, `/envelopes/${id}/edit`);
  await page.getByRole('button', { name: 'Who and what' }).click();
  await page.getByRole('button', { name: 'Move ada down' }).click();
  await until('the new order', async () => (await read(id)).recipients[0].name === 'bo');
  await page.context().close();
  await server.json('POST', `/v1/envelopes/${id}/send`, {});
  const link = await server.linkFor('bo-pin@example.org');
  assert.equal((await asRecipient(link, 'POST', '/challenge/answer', { method: 'pin', answer: '1111' })).code, 'answer_wrong');
  assert.equal((await asRecipient(link, 'POST', '/challenge/answer', { method: 'pin', answer: '2222' })).status, 200);
});

test('a PIN, a host and a part without a person are shown again when a draft is opened, and nothing secret with them', async () => {
  const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', contract());
  const { id } = await server.json('POST', '/v1/envelopes', {
    title: 'Everything at once',
    documents: [{ upload: upload.id, title: 'Lease' }],
    recipients: [
      { name: 'Hal Host', email: 'hal@example.org', role: 'host' },
      { name: 'Ina Person', email: 'ina@example.org', role: 'in_person_signer', host: 1, authentication: [{ method: 'pin', pin: '9876' }, { method: 'secret', question: 'First pet?', answer: 'Rex' }], phone: '+33612345678' },
      { name: 'Wim', email: 'wim@example.org', role: 'witness', witness_of: 2, step: 2 },
      { placeholder: 'Tenant', role: 'signer', step: 3 },
      { name: 'Sealbot', role: 'automatic_signer', mandate: 'Board decision 7', step: 4 },
    ],
    rules: { placeholders: 'turn', part_11: { meanings: ['Author', 'Approved'] } },
  });
  for (const [shape, locale] of [[PHONE, 'en-GB'], [DESKTOP, 'fr-FR']]) {
    const page = await atDesk(shape, `/envelopes/${id}/edit`, { locale });
    await page.getByRole('button', { name: locale === 'fr-FR' ? 'Qui et quoi' : 'Who and what' }).click();
    await page.locator('fieldset').first().waitFor();
    for (const fold of await page.locator('details').all()) await fold.evaluate((one) => (one.open = true));
    await page.getByText(locale === 'fr-FR' ? 'Le code PIN est enregistré' : 'The PIN is set').waitFor();
    assert.doesNotMatch(await page.content(), /9876|Rex/);
    assert.equal(await page.locator('select[id^="host-"]').evaluate((one) => one.selectedOptions[0].textContent), 'Hal Host');
    assert.equal(await page.locator('select[id^="witness-"]').evaluate((one) => one.selectedOptions[0].textContent), 'Ina Person');
    await holdsUp(page, `people-all-${locale}`);
    if (process.env.COUNTERSIGN_SHOTS) await page.screenshot({ path: `${process.env.COUNTERSIGN_SHOTS}/people-all-${locale}-whole.png`, fullPage: true });
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  }
});

for (const [name, shape] of [['a desktop', DESKTOP], ['a phone', PHONE]]) {
  const width = shape.viewport.width;

  test(`an address is corrected, a person replaced and another taken out, on ${name}`, async () => {
    const [wrong, right, other] = ['wrong', 'right', 'other'].map((one) => `${one}-${width}@example.org`);
    const { id } = await server.send({
      recipients: [{ name: 'Ada Lovelace', email: wrong }, { name: 'Bo Second', email: `bo-${width}@example.org` }],
      fields: [...SIGNATURE, { ...SIGNATURE[0], x: 320, recipient: 2 }],
    });
    const old = await server.linkFor(wrong);
    const page = await atDesk(shape, `/envelopes/${id}`);
    const ada = entry(page, 1);
    await ada.getByRole('button', { name: 'Actions: Ada Lovelace' }).click();
    await holdsUp(page, 'people-menu');
    await page.keyboard.press('Escape');
    await choose(page, ada, 'Actions', 'Remind');
    await ada.getByText('They had a mail within the last hour. Remind them later.').waitFor();
    assert.equal((await happened(id, 'recipients_reminded')).length, 0);

    await choose(page, ada, 'Actions', 'Send the invitation again');
    await until('a second invitation', async () => (await server.mailsTo(wrong)).length === 2);

    await choose(page, ada, 'Actions', 'Correct the address');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail address').fill('nobody');
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await dialog.getByText('Please give a whole e-mail address').waitFor();
    await holdsUp(page, 'people-correct');
    await dialog.getByLabel('E-mail address').fill(right);
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await server.linkFor(right);
    await ada.getByText(right).waitFor();
    assert.notEqual((await asRecipient(old, 'GET')).state, 'consent', 'the link that went to the wrong address still works');

    await choose(page, ada, 'Actions', 'Put somebody else in their place');
    await dialog.getByLabel('Name').fill('Grace Hopper');
    await dialog.getByLabel('E-mail address').fill(other);
    await holdsUp(page, 'people-replace');
    await dialog.getByRole('button', { name: 'Put in their place' }).click();
    await ada.getByText('Took the place of somebody else').waitFor();
    const link = await server.linkFor(other);
    assert.equal((await asRecipient(link, 'GET')).recipient.name, 'Grace Hopper');

    await choose(page, entry(page, 2), 'Actions', 'Take out');
    await dialog.getByRole('button', { name: 'Take out' }).click();
    await entry(page, 2).getByText('Taken out').waitFor();
    assert.equal((await read(id)).recipients[1].status, 'removed');
    await choose(page, ada, 'Actions', 'Take out');
    await dialog.getByRole('button', { name: 'Take out' }).click();
    await dialog.getByText('Nobody who signs would be left.').waitFor();
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test(`who is locked is let in again, and a wish to delegate is answered, on ${name}`, async () => {
    const [ada, bo, eve] = ['locked', 'delegates', 'delegate'].map((one) => `${one}-${width}@example.org`);
    const { id } = await server.send({
      recipients: [{ name: 'Ada Lovelace', email: ada, authentication: [{ method: 'pin', pin: '4711' }] }, { name: 'Bo Second', email: bo }],
      fields: [...SIGNATURE, { ...SIGNATURE[0], x: 320, recipient: 2 }],
      rules: { delegation: 'with_consent' },
    });
    const link = await server.linkFor(ada);
    const answer = (pin) => asRecipient(link, 'POST', '/challenge/answer', { method: 'pin', answer: pin });
    for (let tries = 0; tries < 5; tries += 1) await answer('0000');
    assert.equal((await answer('4711')).status, 409);
    const theirs = await server.linkFor(bo);
    const { consent } = await asRecipient(theirs, 'GET');
    await asRecipient(theirs, 'POST', '/consent', { version: consent.version });
    assert.equal((await asRecipient(theirs, 'POST', '/delegate', { name: 'Eve Third', email: eve, reason: 'On leave' })).status, 200);

    const page = await atDesk(shape, `/envelopes/${id}`);
    await entry(page, 1).getByText('Locked after too many wrong answers.').waitFor();
    await entry(page, 2).getByText(`Wants Eve Third (${eve}) to act in their place.`).waitFor();
    await holdsUp(page, 'people-open');
    await entry(page, 1).getByRole('button', { name: 'Let them try again' }).click();
    await entry(page, 1).getByText('Locked after too many wrong answers.').waitFor({ state: 'detached' });
    assert.equal((await answer('4711')).status, 200);
    await entry(page, 2).getByRole('button', { name: 'Agree', exact: true }).click();
    await entry(page, 2).getByText('Wants Eve Third').waitFor({ state: 'detached' });
    await entry(page, 2).getByText('Eve Third').waitFor();
    const named = await read(id);
    assert.deepEqual([named.recipients[1].name, named.recipients[1].email, named.recipients[1].delegation], ['Eve Third', eve, null]);
    await server.linkFor(eve);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test(`what expired is opened again, put away, taken back and deleted, on ${name}`, async () => {
    const email = `late-${width}@example.org`;
    const title = `Too late ${width}`;
    const { id } = await server.send({ title, recipients: [{ name: 'Ada Lovelace', email }], fields: SIGNATURE, expires_in_days: undefined, expires_at: new Date(Date.now() + 3000).toISOString() });
    await server.status(id, 'expired');
    const page = await atDesk(shape, `/envelopes/${id}`);
    await page.evaluate(() => sessionStorage.setItem('countersign.test', '1'));
    const more = page.getByRole('main');
    const dialog = page.getByRole('dialog');
    const invitations = (await server.mailsTo(email)).length;
    await choose(page, more, 'More: ', 'Open it again');
    await dialog.getByLabel('Days from today').fill('10');
    await holdsUp(page, 'people-revive');
    await dialog.getByRole('button', { name: 'Open again' }).click();
    await server.status(id, 'in_progress');
    await until('an invitation anew', async () => (await server.mailsTo(email)).length > invitations);
    await page.getByText('Out for signing').waitFor();

    await choose(page, more, 'More: ', 'Hand over to a colleague');
    await dialog.getByText('Nobody else works here yet.').waitFor();
    await dialog.getByRole('button', { name: 'Back' }).click();

    await choose(page, more, 'More: ', 'Move to the archive');
    await page.getByText('This is in the archive.').waitFor();
    await page.goto(`${server.url}/`);
    const line = page.getByRole('link', { name: new RegExp(title) });
    await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
    await page.getByLabel('Where it is kept').selectOption({ label: 'Archive' });
    await line.waitFor();
    await holdsUp(page, 'people-archive');
    await page.getByLabel('Where it is kept').selectOption({ label: 'On the desk' });
    await line.waitFor({ state: 'detached' });
    const listed = async (shelf) => (await server.json('GET', `/v1/envelopes?shelf=${shelf}`)).items.some((one) => one.id === id);
    assert.deepEqual([await listed('desk'), await listed('archive'), await listed('trash')], [false, true, false]);

    await page.goto(`${server.url}/envelopes/${id}`);
    await choose(page, more, 'More: ', 'Take back');
    await page.getByText('This is in the archive.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel request' }).click();
    await dialog.getByLabel('Why?').fill('No longer needed');
    await dialog.getByRole('button', { name: 'Cancel the request' }).click();
    await server.status(id, 'cancelled');
    await page.getByText('Cancelled').first().waitFor();
    await choose(page, more, 'More: ', 'Move to the trash');
    await page.getByText('This is in the trash.').waitFor();
    await choose(page, more, 'More: ', 'Delete the documents');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.getByText('Please type “delete” to confirm.').waitFor();
    await holdsUp(page, 'people-delete');
    assert.equal((await read(id)).shelf, 'trash');
    await dialog.getByLabel('To confirm, type “delete”').fill('delete');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('The documents were deleted; the evidence stays.').waitFor();
    assert.equal((await read(id)).shelf, 'deleted');
    await assert.rejects(server.call('GET', `/v1/envelopes/${id}/documents/1`), /4\d\d/);
    await server.call('GET', `/v1/envelopes/${id}/evidence.json`);
    await holdsUp(page, 'people-deleted');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('a link is handed over by the sender', async () => {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email: '', arrival: 'handed' }], fields: SIGNATURE });
  const page = await atDesk(PHONE, `/envelopes/${id}`);
  await choose(page, entry(page, 1), 'Actions', 'Get the link to hand over');
  const dialog = page.getByRole('dialog');
  const link = await until('the link', () => dialog.getByLabel('Link', { exact: true }).inputValue());
  assert.equal((await asRecipient(link, 'GET')).recipient.name, 'Ada Lovelace');
  assert.equal((await happened(id, 'link_issued')).length, 1);
  await holdsUp(page, 'people-link');
  await dialog.getByRole('button', { name: 'Close' }).click();
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a part without a person waits, and goes on when the person is named', async () => {
  const { id } = await server.send({ recipients: [{ placeholder: 'Tenant' }], fields: SIGNATURE, rules: { placeholders: 'turn' } });
  const page = await atDesk(PHONE, `/envelopes/${id}`);
  await entry(page, 1).getByText('Nobody has been named for this part yet.').waitFor();
  await holdsUp(page, 'people-vacant');
  await entry(page, 1).getByRole('button', { name: 'Name the person', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Tia Tenant');
  await dialog.getByLabel('E-mail address').fill('tia@example.org');
  await dialog.getByRole('button', { name: 'Put in their place' }).click();
  await entry(page, 1).getByText('Tia Tenant').waitFor();
  assert.equal((await asRecipient(await server.linkFor('tia@example.org'), 'GET')).recipient.name, 'Tia Tenant');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a draft is thrown away and taken back', async () => {
  const page = await atDesk(DESKTOP, '/new');
  await page.locator('input[type=file]').setInputFiles(FILE);
  await page.getByText('3 pages').waitFor();
  await page.getByRole('button', { name: 'Move this draft to the trash' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await page.getByLabel('Where it is kept').selectOption({ label: 'Trash' });
  await page.getByRole('link', { name: /boathouse/ }).first().click();
  await page.getByText('This is in the trash.').waitFor();
  await shot(page, 'people-draft-trash');
  await choose(page, page.getByRole('main'), 'More: ', 'Take back');
  await page.getByRole('button', { name: 'Next: where they sign' }).waitFor();
  await page.context().close();
});
