/** Sign-in at the organisation's identity provider, at the width of a phone and with the keyboard alone. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage, shot, tabTo } from './browser.mjs';
import { contract } from './contract.mjs';
import { openOtherSite } from './other-site.mjs';
import { openProvider, signInAs } from './provider.mjs';
import { startServer, until } from './server.mjs';
import { adopt, answer, press, step } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser, provider, site;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  provider = await openProvider(server);
  site = await openOtherSite();
});
after(async () => {
  await browser?.close();
  provider?.close();
  site?.close();
  await server?.stop();
});

/** A request to one person, and a phone on which their link was opened. */
async function visited(name, more = {}, change = {}, shape = PHONE) {
  const email = `${name}@example.org`;
  const authentication = [{ method: 'oidc' }];
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication, ...more }], ...change });
  const page = await openPage(browser, shape);
  const link = await server.linkFor(email);
  await page.goto(link);
  await step(page, 'challenge-modal').waitFor();
  return { id, email, link, page };
}

async function isClosed(page) {
  assert.equal(await page.locator('canvas').count(), 0);
  assert.equal(await page.locator('[data-field-type]').count(), 0);
}

async function agreeByKeyboard(page) {
  await step(page, 'disclosure-modal').waitFor();
  await tabTo(page, '[data-ceremony-step="disclosure"]');
  await page.keyboard.press('Space');
  await press(page, 'disclosure-continue');
  await step(page, 'finish').waitFor();
}

async function eventsOf(id) {
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  return items;
}

test('who signs in at the provider comes back to the next step, and no address keeps what they bring', async () => {
  const { id, link, email, page } = await visited('oidc', { authentication: [{ method: 'oidc' }, { method: 'sms_code' }], phone: '+33612345623' });
  await isClosed(page);
  assert.equal(await step(page, 'challenge-send').textContent().then((text) => text.trim()), 'Sign in at Example Login');
  await holdsUp(page, 'proof-oidc');
  await press(page, 'challenge-send');
  await signInAs(page, email);
  await page.getByRole('heading', { name: 'That was right. One more step' }).waitFor();
  assert.equal(page.url(), link);
  await isClosed(page);
  await press(page, 'challenge-send');
  await answer(page, await server.codeFor('+33612345623', 'sms', 6));
  await agreeByKeyboard(page);
  assert.deepEqual(page.wrong, []);
  // A reload asks for nothing again, and the way back leads to no page that would.
  await page.reload();
  await step(page, 'finish').waitFor();
  const passed = (await eventsOf(id)).find(({ type }) => type === 'challenge_passed');
  assert.ok(passed.summary.endsWith(`(${provider.issuer} · oi•••).`), passed.summary);
  await page.context().close();
});

test('who is signed in as somebody else is told so, and has a try less', async () => {
  const { id, email, page } = await visited('oidc-wrong');
  await press(page, 'challenge-send');
  await signInAs(page, 'somebody.else@example.org');
  await page.getByText(/signed in as somebody else .* You have 4 tries left\./).waitFor();
  await isClosed(page);
  await holdsUp(page, 'proof-oidc-wrong');
  // The provider knows them as somebody else still, and asks all the same.
  await press(page, 'challenge-send');
  await signInAs(page, email);
  await agreeByKeyboard(page);
  assert.deepEqual((await eventsOf(id)).filter(({ type }) => type.startsWith('challenge_')).map(({ type }) => type), ['challenge_issued', 'challenge_failed', 'challenge_issued', 'challenge_passed']);
  await page.context().close();
});

test('on a large screen it is the same', async () => {
  const { email, page } = await visited('oidc-large', {}, {}, DESKTOP);
  await holdsUp(page, 'proof-oidc');
  await step(page, 'challenge-send').click();
  await signInAs(page, 'somebody.else@example.org');
  await page.getByText(/signed in as somebody else .* You have 4 tries left\./).waitFor();
  await holdsUp(page, 'proof-oidc-wrong');
  await step(page, 'challenge-send').click();
  await signInAs(page, email);
  await step(page, 'disclosure-modal').waitFor();
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('who turns back, and whom the provider fails, lose no try', async () => {
  const { id, email, page } = await visited('oidc-back');
  await press(page, 'challenge-send');
  const cancel = page.getByRole('link', { name: '[ Cancel ]' });
  await cancel.focus();
  await page.keyboard.press('Enter');
  await page.getByText('You were not signed in at Example Login. You can try again.').waitFor();
  // The browser's own way back leads to a page that is not stuck.
  await press(page, 'challenge-send');
  await cancel.waitFor();
  await page.goBack();
  await step(page, 'challenge-send').waitFor();
  await holdsUp(page, 'proof-oidc-denied');
  provider.broken = true;
  await press(page, 'challenge-send');
  await signInAs(page, email);
  await page.getByText('Example Login does not answer at the moment.').waitFor();
  provider.broken = false;
  await press(page, 'challenge-send');
  await agreeByKeyboard(page);
  assert.ok(!(await eventsOf(id)).some(({ type }) => type === 'challenge_failed'));
  await page.context().close();
});

test('somebody whose language is French is told in French, and who comes back astray too', async () => {
  const { page } = await visited('oidc-french', { language: 'fr' });
  assert.equal(await step(page, 'challenge-send').textContent().then((text) => text.trim()), 'Se connecter chez Example Login');
  await holdsUp(page, 'proof-oidc-french');
  await press(page, 'challenge-send');
  await signInAs(page, 'quelqu.un@example.org');
  await page.getByText('Il vous reste 4 essais.').waitFor();
  await page.context().close();

  const astray = await openPage(browser, PHONE, { locale: 'fr-FR' });
  await astray.goto(`${server.url}/oidc/callback?code=1&state=2`);
  await astray.getByRole('heading', { name: 'Ouvrez de nouveau votre lien' }).waitFor();
  assert.equal(astray.url(), `${server.url}/oidc/callback`, 'what the address brought is gone from it');
  await holdsUp(astray, 'oidc-astray');
  await astray.context().close();
});

test('the answer of somebody who was sent the address by another opens nothing', async () => {
  const { email, page } = await visited('oidc-thief');
  const [request] = await Promise.all([page.waitForRequest((one) => one.url().startsWith(`${provider.issuer}/auth`)), press(page, 'challenge-send')]);
  // The owner of the address follows it in a browser of their own.
  const owner = await openPage(browser, PHONE);
  await owner.goto(request.url());
  await signInAs(owner, email);
  await owner.getByRole('heading', { name: 'Please open your link again' }).waitFor();
  await page.goto(await server.linkFor(email));
  await step(page, 'challenge-send').waitFor();
  await isClosed(page);
  await owner.context().close();
  await page.context().close();
});

test('inside a frame the way leads through a window of its own', async () => {
  const email = 'oidc-framed@example.org';
  const authentication = [{ method: 'host', client_user_id: '4711' }, { method: 'oidc' }];
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication, arrival: 'embedded' }], frame_origins: [site.origin] });
  site.shows((await server.json('POST', `/v1/envelopes/${id}/recipients/1/links`, {})).url);
  const page = await openPage(browser, PHONE);
  await page.goto(site.origin);
  const frame = page.frameLocator('iframe');
  const way = step(frame, 'challenge-window');
  await way.waitFor();
  await frame.getByText('Signing in at Example Login works in a window of its own only.').waitFor();
  assert.equal(await step(frame, 'challenge-send').count(), 0);
  await shot(page, 'framed-oidc');
  const opened = page.context().waitForEvent('page');
  await way.click();
  const own = await opened;
  await press(own, 'challenge-send');
  await signInAs(own, email);
  await step(own, 'disclosure-modal').waitFor();
  await page.context().close();
});

test('under Part 11 they sign in anew at the moment of signing, and go on from there', async () => {
  const rules = { part_11: { meanings: ['Approved'] } };
  const place = { type: 'signature', document: 1, page: 1, x: 72, y: 600, width: 180, height: 50, recipient: 1 };
  const { id, email, page } = await visited('oidc-part-11', {}, { rules, fields: [place] });
  await press(page, 'challenge-send');
  await signInAs(page, email);
  await agreeByKeyboard(page);
  const sign = async () => {
    await page.getByRole('button', { name: 'Sign here' }).click();
    await adopt(page);
    await step(page, 'finish').click();
    await step(page, 'meaning-modal').waitFor();
    await page.getByLabel('Approved').check();
    await step(page, 'meaning-apply').click();
  };
  await sign();
  await page.getByRole('heading', { name: 'Show once more that it is you' }).waitFor();
  await press(page, 'challenge-send');
  // The provider knows them still, and asks for the password all the same.
  await page.getByPlaceholder('Enter any login').waitFor();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type('any password');
  await page.keyboard.press('Enter');
  await step(page, 'finish').waitFor();
  await step(page, 'challenge-modal').waitFor({ state: 'hidden' });
  await sign();
  await step(page, 'done').waitFor();
  await server.status(id, 'completed');
  const passed = await until('both proofs', async () => (await eventsOf(id)).filter(({ type }) => type === 'challenge_passed'));
  assert.equal(passed.length, 2);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('the desk offers it where there is a provider, and keeps the subject that a program gave', async () => {
  const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', contract());
  const authentication = [{ method: 'oidc', subject: 'employee 4711' }];
  const people = [{ name: 'Ada Lovelace', email: 'ada@example.org', authentication }, { name: 'Grace Hopper', email: 'grace@example.org' }];
  const { id } = await server.json('POST', '/v1/envelopes', { title: 'Lease', documents: [{ upload: upload.id, title: 'Lease' }], recipients: people });
  const page = await openPage(browser, PHONE);
  await page.goto(server.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await page.goto(`${server.url}/envelopes/${id}/edit`);
  const [ada, grace] = ['Ada Lovelace', 'Grace Hopper'].map((name) => page.getByRole('group', { name, exact: true }));
  await page.getByRole('button', { name: 'Who and what' }).click();
  await ada.waitFor();
  for (const fold of await page.locator('details').all()) await fold.evaluate((one) => (one.open = true));
  await ada.getByText('They sign in at the identity provider of your organisation.').waitFor();
  await grace.getByLabel('Choose a proof').selectOption({ label: 'Your identity provider' });
  await grace.getByRole('button', { name: 'Add', exact: true }).click();
  const saved = await until('what was saved', async () => {
    const { recipients } = await server.json('GET', `/v1/envelopes/${id}`);
    return recipients[1].authentication.length > 0 && recipients;
  });
  assert.deepEqual(saved.map((one) => one.authentication), [authentication, [{ method: 'oidc', subject: null }]]);
  await holdsUp(page, 'desk-oidc');
  await page.context().close();
});
