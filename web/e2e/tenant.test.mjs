/** The people around a tenant, and its programs: contacts, users, webhooks and keys at the desk. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { openDesk, over, signIn } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, tabTo } from './browser.mjs';
import { contract } from './contract.mjs';
import { KEYBOARD, MOUSE } from './hands.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, server, browser, atDesk;
before(async () => {
  desk = await openDesk();
  ({ server, browser, atDesk } = desk);
});
after(() => desk?.close());

const FILE = { name: 'boathouse.pdf', mimeType: 'application/pdf', buffer: Buffer.from(contract()) };
const WAYS = [
  ['the mouse on a desktop', DESKTOP, MOUSE],
  ['the keyboard alone at the width of a phone', { viewport: PHONE.viewport }, KEYBOARD],
];

/** What the desk itself asks the server, in the name of whoever is signed in on this page. */
const asked = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'X-Countersign-Desk': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) };
      const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
      return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
    },
    [method, path, body],
  );

for (const [name, shape, hand] of WAYS) {
  const width = shape.viewport.width;

  test(`a contact is kept, found and taken into a draft, with ${name}`, async () => {
    const page = await atDesk(shape, '/contacts');
    const email = `emile-${width}@example.org`;
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    await hand.press(page, page.getByRole('button', { name: 'Add a contact' }));
    const dialog = page.getByRole('dialog');
    await hand.write(page, dialog.getByLabel('Name', { exact: true }), `Émile Zola ${width}`);
    await hand.write(page, dialog.getByLabel('E-mail address'), email);
    await hand.write(page, dialog.getByLabel('Telephone (optional)'), '06 12');
    if (hand === MOUSE) await hand.choose(page, dialog.getByLabel('Language'), 'Français');
    else {
      // The cedilla is on no key of this keyboard.
      await tabTo(page, '#contact-language');
      await page.keyboard.type('Fran');
    }
    await hand.write(page, dialog.getByLabel('Company (optional)'), 'L’Aurore');
    await hand.press(page, dialog.getByRole('button', { name: 'Save' }));
    await dialog.getByText('Please give the number with its country code, like +33612345678.').waitFor();
    await holdsUp(page, 'tenant-contact-wrong');
    await hand.write(page, dialog.getByLabel('Telephone (optional)'), '+33 6 12 34 56 78');
    await hand.press(page, dialog.getByRole('button', { name: 'Save' }));
    await dialog.waitFor({ state: 'hidden' });
    for (const [who, phone] of [['Ada Lovelace', '+442079460123'], ['Emil Nolde', '']]) {
      const made = await asked(page, 'POST', '/v1/contacts', { name: `${who} ${width}`, email: `${who.slice(0, 4).trim()}-${width}@example.org`, phone });
      assert.equal(made.status, 201);
    }
    await hand.write(page, page.getByLabel('Search name, e-mail, company or telephone'), `zola ${width}`);
    await page.getByText(email).waitFor();
    await holdsUp(page, 'tenant-contacts');

    // Three letters, and the people are offered below the field.
    await page.goto(`${server.url}/new`);
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('3 pages').waitFor();
    const field = page.getByRole('combobox', { name: 'Name', exact: true });
    const list = page.getByRole('listbox', { name: 'Contacts' });
    await hand.write(page, field, 'ém');
    assert.equal(await field.getAttribute('aria-expanded'), 'false', 'two letters are too few');
    await hand.write(page, field, `emil`);
    await list.getByRole('option', { name: `Émile Zola ${width}` }).waitFor();
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    await holdsUp(page, 'tenant-combobox');
    if (hand === MOUSE) {
      await list.getByRole('option', { name: `Émile Zola ${width}` }).click();
    } else {
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
      assert.equal(await field.inputValue(), 'emil', 'what was typed stays');
      await page.keyboard.press('ArrowDown');
      await list.waitFor();
      const marked = () => field.evaluate((one) => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '');
      assert.equal(await marked(), '', 'nobody is chosen who was not asked for');
      for (let step = 0; step < 7 && !(await marked()).includes(`Émile Zola ${width}`); step += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await list.waitFor({ state: 'hidden' });
    assert.equal(await field.inputValue(), `Émile Zola ${width}`);
    assert.equal(await page.getByRole('combobox', { name: 'E-mail address' }).inputValue(), email);
    assert.equal(await page.getByRole('combobox', { name: 'Language', exact: true }).first().inputValue(), 'fr');

    // Somebody who is typed by hand gets their telephone all the same, and somebody new can be kept.
    const last = (label) => page.getByRole('combobox', { name: label, exact: true }).last();
    for (const [who, address] of [[`Ada ${width}`, `ada-${width}@example.org`], ['Charles Babbage', `charles-${width}@example.org`]]) {
      await hand.press(page, page.getByRole('button', { name: 'Add a person' }));
      await hand.write(page, last('Name'), who);
      await hand.write(page, last('E-mail address'), address);
      await page.keyboard.press('Escape');
      await hand.choose(page, page.getByLabel('Part', { exact: true }).last(), 'Gets a copy');
    }
    await hand.press(page, page.getByRole('button', { name: 'Next: where they sign' }));
    await page.locator('.surface').first().waitFor();
    await hand.press(page, page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name: 'Signature', exact: true }));
    if (hand === MOUSE) await page.locator('.sheet[data-page="1"] .surface').click({ position: { x: 150, y: 400 } });
    else await hand.press(page, page.getByRole('button', { name: 'Add Signature to this page' }).first());
    await hand.press(page, page.getByRole('button', { name: 'Next: check and send' }));
    await hand.press(page, page.getByLabel('Keep these people in my contacts'));
    await holdsUp(page, 'tenant-review');
    await hand.press(page, page.getByRole('button', { name: 'Send now' }));
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    const sent = await asked(page, 'GET', `/v1/envelopes/${/\/envelopes\/([^/]+)$/.exec(page.url())[1]}`);
    assert.deepEqual(
      sent.recipients.map(({ email, phone, language }) => [email, phone, language]),
      [
        [email, '+33612345678', 'fr'],
        [`ada-${width}@example.org`, '+442079460123', 'en'],
        [`charles-${width}@example.org`, '', 'en'],
      ],
    );

    await page.goto(`${server.url}/contacts`);
    await page.getByText(`charles-${width}@example.org`).waitFor();
    await hand.press(page, page.getByRole('button', { name: `Change Ada Lovelace ${width}` }));
    await hand.press(page, dialog.getByRole('button', { name: 'Delete' }));
    await dialog.getByText('They are not offered any more.').waitFor();
    await hand.press(page, dialog.getByRole('button', { name: 'Delete' }));
    await page.getByText(`ada-${width}@example.org`).waitFor({ state: 'detached' });
    await over(page);
  });

  test(`a colleague is invited, takes something over and is switched off, with ${name}`, async () => {
    const page = await atDesk(shape, '/settings/users');
    const email = `mia-${width}@example.org`;
    await hand.write(page, page.getByLabel('E-mail address'), 'mia@');
    await hand.press(page, page.getByRole('button', { name: 'Send the invitation' }));
    await page.getByText('Please give a whole e-mail address, like name@example.org.').waitFor();
    await hand.write(page, page.getByLabel('E-mail address'), email);
    await hand.write(page, page.getByLabel('Name (optional)'), `Mia ${width}`);
    await hand.press(page, page.getByRole('button', { name: 'Send the invitation' }));
    await page.getByText(email, { exact: true }).waitFor();
    await holdsUp(page, 'tenant-users');

    const { text } = await server.mailTo(email, /invites you/);
    const mias = await signIn(browser, /http\S+\/sign-in\/[\w-]+/.exec(text)[0]);
    await mias.goto(`${server.url}/settings/users`);
    await mias.getByText('Admins invite people and switch them off.').waitFor();
    assert.equal(await mias.getByRole('button', { name: 'Send the invitation' }).count(), 0);
    await mias.goto(`${server.url}/settings/keys`);
    await mias.getByText('Admins look after the keys of programs; ask one.').waitFor();

    await mias.goto(`${server.url}/settings/identity-provider`);
    await mias.getByRole('heading', { name: 'None is set up' }).waitFor();
    assert.equal(await mias.getByLabel('Client secret').count(), 0);

    const { id } = await server.send();
    // What is not hers, she is not offered to hand over.
    await mias.goto(`${server.url}/envelopes/${id}`);
    await mias.getByRole('main').getByRole('button', { name: 'More: ' }).click();
    await mias.getByRole('main').getByRole('button', { name: 'Move to the archive', exact: true }).waitFor();
    assert.equal(await mias.getByRole('button', { name: 'Hand over to a colleague', exact: true }).count(), 0);
    await page.goto(`${server.url}/envelopes/${id}`);
    await hand.press(page, page.getByRole('main').getByRole('button', { name: 'More: ' }));
    await hand.press(page, page.getByRole('main').getByRole('button', { name: 'Hand over to a colleague', exact: true }));
    const dialog = page.getByRole('dialog');
    await hand.choose(page, dialog.getByLabel('Who takes over'), `Mia ${width} (${email})`);
    await holdsUp(page, 'tenant-hand-over');
    await hand.press(page, dialog.getByRole('button', { name: 'Hand over' }));
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await server.json('GET', `/v1/envelopes/${id}`)).sender.email, email);

    await page.goto(`${server.url}/settings/users`);
    await hand.choose(page, page.getByLabel(`What Mia ${width} may do`), 'Admin');
    await until('the new role', async () => (await server.json('GET', '/v1/users')).items.find((one) => one.email === email).role === 'admin');
    await hand.press(page, page.getByRole('button', { name: `Switch off Mia ${width}` }));
    await dialog.getByText('They are signed out everywhere at once').waitFor();
    await holdsUp(page, 'tenant-switch-off');
    await hand.press(page, dialog.getByRole('button', { name: 'Switch off' }));
    await page.getByRole('button', { name: `Switch on Mia ${width}` }).waitFor();
    await mias.goto(`${server.url}/`);
    await mias.getByRole('heading', { name: 'Sign in' }).waitFor();
    await over(mias);
    // Whoever is away is not offered, and what was theirs can be handed over again.
    await page.goto(`${server.url}/envelopes/${id}`);
    await hand.press(page, page.getByRole('main').getByRole('button', { name: 'More: ' }));
    await hand.press(page, page.getByRole('main').getByRole('button', { name: 'Hand over to a colleague', exact: true }));
    await dialog.getByLabel('Who takes over').waitFor();
    const offered = await dialog.getByLabel('Who takes over').locator('option').allTextContents();
    assert.ok(offered.length > 1 && !offered.some((one) => one.includes(email)), offered.join());
    await over(page);
  });

  test(`a program is told what happens, fails, and is told again, with ${name}`, async () => {
    let answer = 500;
    const received = [];
    const receiver = createServer((request, response) => {
      received.push(request.headers['webhook-id']);
      request.resume().on('end', () => response.writeHead(answer).end(answer === 500 ? 'no room' : 'thank you'));
    });
    await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${receiver.address().port}/hook`;
    const page = await atDesk(shape, '/settings/webhooks');
    await hand.write(page, page.getByLabel('Address, beginning with https://'), 'ftp://nowhere');
    await hand.press(page, page.getByRole('button', { name: 'Begin' }));
    await page.getByText('Please give a whole web address, like https://app.example.org/hooks.').waitFor();
    await hand.write(page, page.getByLabel('Address, beginning with https://'), url);
    await hand.choose(page, page.getByLabel('About which requests'), 'Tests');
    if (hand === MOUSE) await page.getByLabel('Only some of it').check();
    else {
      // Of a group of two, Tab comes to the one that is chosen; the arrows choose the other.
      await KEYBOARD.press(page, page.getByLabel('Everything that happens'));
      await page.keyboard.press('ArrowDown');
    }
    await hand.press(page, page.getByLabel('It was sent'));
    await holdsUp(page, 'tenant-webhook-new');
    await hand.press(page, page.getByRole('button', { name: 'Begin' }));
    const dialog = page.getByRole('dialog');
    assert.match(await dialog.getByLabel('Secret', { exact: true }).inputValue(), /^whsec_/);
    await holdsUp(page, 'tenant-webhook-secret');
    await hand.press(page, dialog.getByRole('button', { name: 'I have kept it' }));
    await page.getByRole('heading', { name: url }).waitFor();

    await server.send();
    const entry = page.locator('[data-delivery]').first();
    await until('the first attempt', () => received.length > 0);
    await until('the answer in the log', async () => {
      await hand.press(page, page.getByRole('button', { name: 'Look again' }));
      return entry.getByText('HTTP 500').isVisible();
    });
    await hand.press(page, entry.getByText('Message and answer'));
    await entry.getByText('no room').waitFor();
    await holdsUp(page, 'tenant-webhook-log');
    answer = 200;
    await hand.press(page, entry.getByRole('button', { name: 'Send again: It was sent' }));
    await until('the same message again', () => received.length > 1);
    assert.equal(new Set(received).size, 1, 'it is the same to who receives it');
    await until('that it arrived', async () => {
      await hand.press(page, page.getByRole('button', { name: 'Look again' }));
      return page.locator('[data-delivery]').filter({ hasText: 'sent again by hand' }).getByText('arrived', { exact: true }).isVisible();
    });

    await hand.press(page, page.getByRole('button', { name: 'New secret' }));
    await hand.choose(page, dialog.getByLabel('The secret before this one is good for'), 'one more week');
    await hand.press(page, dialog.getByRole('button', { name: 'New secret' }));
    assert.match(await dialog.getByLabel('Secret', { exact: true }).inputValue(), /^whsec_/);
    await hand.press(page, dialog.getByRole('button', { name: 'I have kept it' }));
    await page.getByText('messages are signed with the secret before this one, too.').waitFor();
    await hand.press(page, page.getByRole('button', { name: 'Pause' }));
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await holdsUp(page, 'tenant-webhook-paused');
    await hand.press(page, page.getByRole('button', { name: 'Delete' }));
    await hand.press(page, dialog.getByRole('button', { name: 'Delete' }));
    await page.getByRole('heading', { name: 'Tell another program' }).waitFor();
    assert.equal(await page.getByText(url).count(), 0);
    await over(page);
    receiver.close();
  });

  test(`a key is made, shown once and ended, with ${name}`, async () => {
    const page = await atDesk(shape, '/settings/keys');
    const label = `Warehouse ${width}`;
    await hand.press(page, page.getByRole('button', { name: 'Make the key' }));
    await page.getByText('Please say what the key is for.').waitFor();
    await hand.write(page, page.getByLabel('What it is for'), label);
    await hand.press(page, page.getByRole('button', { name: 'Make the key' }));
    const dialog = page.getByRole('dialog');
    const key = await dialog.getByLabel('Key', { exact: true }).inputValue();
    const opens = async () => (await fetch(`${server.url}/v1/envelopes`, { headers: { Authorization: `Bearer ${key}` } })).status;
    assert.equal(await opens(), 200);
    await holdsUp(page, 'tenant-key-made');
    await hand.press(page, dialog.getByRole('button', { name: 'I have kept it' }));
    await page.getByText(label, { exact: true }).waitFor();
    assert.ok(!(await page.content()).includes(key));
    await holdsUp(page, 'tenant-keys');
    await hand.press(page, page.getByRole('button', { name: `End the key “${label}”` }));
    await hand.press(page, dialog.getByRole('button', { name: 'End' }));
    await page.getByRole('listitem').filter({ hasText: label }).getByText('ended').waitFor();
    assert.equal(await opens(), 401);
    await over(page);
  });
}
