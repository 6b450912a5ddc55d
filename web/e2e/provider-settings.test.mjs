/** The organisation's identity provider, set up at the desk: with the mouse, and with the keyboard alone. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openDesk, over } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, openPage } from './browser.mjs';
import { KEYBOARD, MOUSE } from './hands.mjs';
import { CLIENT, listen, signInAs } from './provider.mjs';
import { until } from './server.mjs';
import { press, step } from './visit.mjs';
import { test } from './walk.mjs';

let desk, server, browser, atDesk, provider;
before(async () => {
  desk = await openDesk();
  ({ server, browser, atDesk } = desk);
  provider = await listen(server.url);
});
after(async () => {
  provider?.close();
  await desk?.close();
});

const PATH = '/settings/identity-provider';
const kept = () => server.json('GET', '/v1/identity-provider').catch(() => null);

/** Whether somebody who is invited can sign in there, with the secret that was given. */
async function letsIn(email) {
  await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication: [{ method: 'oidc' }] }] });
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor(email));
  await step(page, 'challenge-modal').waitFor();
  await press(page, 'challenge-send');
  await signInAs(page, email);
  await step(page, 'disclosure-modal').waitFor();
  await page.context().close();
}

for (const [name, shape, hand] of [
  ['the mouse on a desktop', DESKTOP, MOUSE],
  ['the keyboard alone at the width of a phone', { viewport: PHONE.viewport }, KEYBOARD],
]) {
  test(`a provider is set up, renamed, given another secret and removed, with ${name}`, async () => {
    const width = shape.viewport.width;
    const page = await atDesk(shape, '/settings');
    await hand.press(page, page.getByRole('link', { name: 'Identity provider' }));
    const redirect = page.getByLabel('Redirect address');
    await redirect.waitFor();
    assert.equal(await redirect.inputValue(), `${server.url}/oidc/callback`);
    await holdsUp(page, 'provider-none');

    // What is wrong is said where it is, and the first of it has the focus.
    const part = (label) => page.getByLabel(label, { exact: true });
    await hand.write(page, part('Issuer'), 'login.example.com');
    await hand.write(page, part('Scopes'), 'email');
    await hand.press(page, page.getByRole('button', { name: 'Set up' }));
    await page.getByText('Give it a name of one line.').waitFor();
    await until('the focus', () => part('Name').evaluate((one) => one === document.activeElement));
    for (const [label, sentence] of [
      ['Name', 'Give it a name of one line.'],
      ['Issuer', 'Write an address like https://login.example.com'],
      ['Client ID', 'Write the client ID as the provider gave it.'],
      ['Scopes', 'and openid among them.'],
    ]) {
      const said = await part(label).evaluate((one) => one.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
      assert.ok(said.includes(sentence), `${label}: ${said}`);
    }
    await holdsUp(page, 'provider-wrong');
    assert.equal(await kept(), null);

    // Nobody is there, and the server says so.
    await hand.write(page, part('Name'), 'Example Login');
    await hand.write(page, part('Client ID'), CLIENT.client_id);
    await hand.write(page, part('Client secret'), CLIENT.client_secret);
    await hand.write(page, part('Scopes'), 'openid email');
    await hand.write(page, part('Issuer'), 'http://127.0.0.1:9');
    await hand.press(page, page.getByRole('button', { name: 'Set up' }));
    await page.getByText('That did not work. The server says: ').waitFor();
    assert.equal(await kept(), null);
    await hand.write(page, part('Issuer'), provider.issuer);
    await hand.press(page, page.getByRole('button', { name: 'Set up' }));
    await page.getByText('A secret is kept. It is never shown.').waitFor();
    await holdsUp(page, 'provider-set');
    assert.equal((await kept()).client_secret_set, true);
    await letsIn(`first-${width}@example.org`);

    // The secret stays where only the name changes, also after the page was left; it comes to no page.
    await page.reload();
    await page.getByText('A secret is kept. It is never shown.').waitFor();
    assert.ok(!(await page.content()).includes(CLIENT.client_secret));
    await hand.write(page, part('Name'), 'Another Name');
    await hand.press(page, page.getByRole('button', { name: 'Save', exact: true }));
    await until('the new name', async () => (await kept()).name === 'Another Name');
    assert.equal((await kept()).client_secret_set, true);
    // For another client it has to be given again.
    await hand.write(page, part('Client ID'), 'another');
    await part('Client secret').waitFor();
    await hand.write(page, part('Client ID'), CLIENT.client_id);
    await hand.press(page, page.getByRole('button', { name: 'Give another secret' }));
    await until('the focus', () => part('Client secret').evaluate((one) => one === document.activeElement));
    await hand.write(page, part('Client secret'), CLIENT.client_secret);
    await hand.press(page, page.getByRole('button', { name: 'Save', exact: true }));
    await page.getByText('A secret is kept. It is never shown.').waitFor();
    await letsIn(`second-${width}@example.org`);

    await hand.press(page, page.getByRole('button', { name: 'Remove', exact: true }));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Whoever is still asked to sign in there cannot go on').waitFor();
    await holdsUp(page, 'provider-remove');
    await hand.press(page, dialog.getByRole('button', { name: 'Remove', exact: true }));
    await page.getByRole('button', { name: 'Set up' }).waitFor();
    assert.equal(await kept(), null);
    assert.equal(await part('Name').inputValue(), '');
    await over(page);
  });
}

test('the settings speak French', async () => {
  const page = await atDesk(PHONE, PATH, { locale: 'fr-FR' });
  await page.getByRole('heading', { name: '1. Enregistrez-y Countersign' }).waitFor();
  await page.getByRole('button', { name: 'Configurer' }).click();
  await page.getByText('Donnez un nom d’une seule ligne.').waitFor();
  await holdsUp(page, 'provider-french');
  await over(page);
});
