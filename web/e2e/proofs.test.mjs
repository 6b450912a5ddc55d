/** Each way to show who one is, at the width of a phone and with the keyboard alone. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { after, before } from 'node:test';
import { PHONE, holdsUp, openBrowser, openPage, tabTo } from './browser.mjs';
import { startServer, until } from './server.mjs';
import { answer, press, step } from './visit.mjs';
import { test } from './walk.mjs';

let server, browser;
before(async () => {
  // Browsers offer passkeys to names only, and without TLS to this one alone.
  server = await startServer({ name: 'localhost' });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A request to one person, and a phone on which their link was opened. */
async function visited(name, authentication, more = {}, change = {}) {
  const email = `${name}@example.org`;
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication, ...more }], ...change });
  const page = await openPage(browser, PHONE);
  page.read = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/ceremony/documents/')) page.read.push(request.url());
  });
  const link = await server.linkFor(email);
  await page.goto(link);
  await step(page, 'challenge-modal').waitFor();
  return { id, email, link, page };
}

/** Nothing of the document is in the page, nor was it asked for. */
async function isClosed(page) {
  assert.deepEqual(page.read, []);
  assert.equal(await page.locator('canvas').count(), 0);
  assert.equal(await page.locator('[data-field-type]').count(), 0);
  // What lies behind the dialog is blurred, and drawn: there is nothing in it to be read.
  const behind = page.locator('.blurred');
  assert.match(await behind.locator('.sheet').evaluate((one) => getComputedStyle(one).filter), /^blur\(/);
  assert.equal((await behind.textContent()).trim(), '');
}

/** The way is free: the text to agree to is there, and behind it the document. */
async function isLetIn(page) {
  await step(page, 'disclosure-modal').waitFor();
  assert.equal(await step(page, 'challenge-modal').count(), 0);
  await tabTo(page, '[data-ceremony-step="disclosure"]');
  await page.keyboard.press('Space');
  await press(page, 'disclosure-continue');
  await step(page, 'finish').waitFor();
  await until('the document', () => page.read.length > 0);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

async function eventsOf(id) {
  const { items } = await server.json('GET', `/v1/envelopes/${id}/events`);
  return items.map(({ type }) => type);
}

const CODES = [
  { method: 'email_code', channel: 'email', digits: 9, offer: /^Send code to e••@example\.org$/ },
  { method: 'sms_code', channel: 'sms', digits: 6, offer: /^Send code to mobile number ending in •••• 23$/, phone: '+33612345623' },
  { method: 'voice_code', channel: 'voice', digits: 6, offer: /^Call the number ending in •••• 24$/, phone: '+33612345624' },
];

for (const { method, channel, digits, offer, phone } of CODES) {
  // Seed: xodo-sign.txt:16
  // Seed: xodo-sign.txt:218
  // Seed: xodo-sign.txt:221
  // Seed: xodo-sign.txt:223
  // Seed: xodo-sign.txt:229
  // Seed: xodo-sign.txt:231
  // Seed: signatureapi.txt:69
  // Seed: signatureapi.txt:108
  // Seed: signatureapi.txt:114
  // Seed: signatureapi.txt:120
  test(`a code by ${channel} opens the page`, async () => {
    const { id, email, page } = await visited(method.replace('_', '-'), [{ method }], { phone });
    await isClosed(page);
    assert.match(await step(page, 'challenge-send').textContent(), offer);
    assert.equal(await step(page, 'challenge-input').count(), 0);
    await holdsUp(page, `proof-${channel}`);
    await press(page, 'challenge-send');

    const input = step(page, 'challenge-input');
    await input.waitFor();
    assert.equal(await input.getAttribute('autocomplete'), 'one-time-code');
    assert.equal(await input.getAttribute('inputmode'), 'numeric');
    assert.match(await step(page, 'challenge-send').textContent(), /New code possible in 0:[0-3]\d/);
    await holdsUp(page, `proof-${channel}-code`);
    const code = await server.codeFor(phone ?? email, channel, digits);
    assert.match(code, new RegExp(`^\\d{${digits}}$`));

    await answer(page, '');
    await page.getByText('Please fill this in first.').waitFor();
    await answer(page, code === '1'.repeat(digits) ? '2'.repeat(digits) : '1'.repeat(digits));
    await page.getByText('You have 4 tries left.').waitFor();
    assert.ok(await input.evaluate((one) => one === document.activeElement && one.getAttribute('aria-invalid') === 'true'), 'the field has the focus again');
    await holdsUp(page, `proof-${channel}-wrong`);
    await isClosed(page);

    // Pasted as it stands in the message, with its spaces.
    await page.keyboard.insertText(` ${code.slice(0, 3)} ${code.slice(3)} `);
    await page.keyboard.press('Enter');
    await isLetIn(page);
    const events = await eventsOf(id);
    for (const type of ['challenge_issued', 'challenge_failed', 'challenge_passed']) assert.ok(events.includes(type), type);
  });
}

test('a reload asks for no second code, and another browser does', async () => {
  const { email, link, page } = await visited('reload', [{ method: 'email_code' }]);
  await press(page, 'challenge-send');
  await step(page, 'challenge-input').waitFor();
  const code = await server.codeFor(email, 'email', 9);
  await page.reload();
  await answer(page, code);
  await step(page, 'disclosure-modal').waitFor();
  await page.reload();
  await step(page, 'disclosure-modal').waitFor();
  const other = await openPage(browser, PHONE);
  await other.goto(link);
  await step(other, 'challenge-modal').waitFor();
  assert.equal(await step(other, 'disclosure-modal').count(), 0);
  await other.context().close();
  await page.context().close();
});

test('a page that may keep nothing works all the same', async () => {
  const { email } = await server.send({ recipients: [{ name: 'Ada Lovelace', email: 'no-storage@example.org', authentication: [{ method: 'email_code' }] }] }).then(() => ({ email: 'no-storage@example.org' }));
  const page = await openPage(browser, PHONE);
  await page.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }));
  await page.goto(await server.linkFor(email));
  await press(page, 'challenge-send');
  await answer(page, await server.codeFor(email, 'email', 9));
  await step(page, 'disclosure-modal').waitFor();
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

// Seed: consigno-cloud.txt:150
// Seed: consigno-cloud.txt:156
test('the answer to a question opens the page, whatever its capitals, accents and spaces', async () => {
  const { page } = await visited('secret', [{ method: 'secret', question: 'Where did we meet?', answer: 'Café de Flore' }]);
  await isClosed(page);
  await page.getByLabel('Where did we meet?').waitFor();
  await holdsUp(page, 'proof-secret');
  await answer(page, 'In Rome');
  await page.getByText('You have 4 tries left.').waitFor();
  await answer(page, ' CAFE de  flore');
  await isLetIn(page);
});

// Seed: xodo-sign.txt:137
// Seed: xodo-sign.txt:219
test('a PIN opens the page', async () => {
  const { page } = await visited('pin', [{ method: 'pin', pin: '48Kd' }]);
  await isClosed(page);
  await holdsUp(page, 'proof-pin');
  await answer(page, '48Kd');
  await isLetIn(page);
});

test('too many wrong answers lock the page, and the sender opens it again', async () => {
  const { id, page } = await visited('locked', [{ method: 'pin', pin: '7351' }]);
  for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
    await answer(page, '0000');
    await page.getByText(`You have ${left} left.`).waitFor();
  }
  await answer(page, '0000');
  await page.getByRole('heading', { name: 'Too many wrong answers' }).waitFor();
  assert.equal(await step(page, 'challenge-input').count(), 0);
  await holdsUp(page, 'proof-locked');
  assert.equal((await server.json('GET', `/v1/envelopes/${id}`)).recipients[0].locked, true);
  // The right one does not help any more, on a page that was loaded anew neither.
  await page.reload();
  await page.getByRole('heading', { name: 'Too many wrong answers' }).waitFor();

  await server.call('POST', `/v1/envelopes/${id}/recipients/1/unlock`, {});
  await tabTo(page, 'dialog button.primary');
  await page.keyboard.press('Enter');
  await answer(page, '7351');
  await isLetIn(page);
});

// Seed: signatureapi.txt:75
// Seed: signatureapi.txt:135
// Seed: consigno-cloud.txt:67
test('a chain goes on by itself to the next method', async () => {
  const { email, page } = await visited('chain', [{ method: 'pin', pin: '7351' }, { method: 'email_code' }]);
  await answer(page, '7351');
  await page.getByRole('heading', { name: 'That was right. One more step' }).waitFor();
  await isClosed(page);
  await holdsUp(page, 'proof-chain');
  await press(page, 'challenge-send');
  await answer(page, await server.codeFor(email, 'email', 9));
  await isLetIn(page);
});

test('a new code can be asked for after a while, and the one before is over', async () => {
  const { email, page } = await visited('again', [{ method: 'email_code' }]);
  await press(page, 'challenge-send');
  await step(page, 'challenge-input').waitFor();
  const first = await server.codeFor(email, 'email', 9);
  const waiting = page.getByRole('button', { name: /New code possible in/ });
  assert.equal(await waiting.getAttribute('aria-disabled'), 'true');
  await page.getByRole('button', { name: 'Send a new code' }).waitFor({ timeout: 40_000 });
  await press(page, 'challenge-send');
  const second = await until('another code', async () => {
    const code = await server.codeFor(email, 'email', 9);
    return code !== first && code;
  });
  await answer(page, first);
  await page.getByText('You have 4 tries left.').waitFor();
  await answer(page, second);
  await isLetIn(page);
});

// Seed: signatureapi.txt:51
// Seed: signatureapi.txt:57
test('whom the sender has signed in already, and was handed the link, is asked for nothing', async () => {
  const authentication = [{ method: 'custom', provider: 'Example portal', data: { account: '4711' } }];
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email: 'custom@example.org', authentication, arrival: 'handed' }] });
  const { url } = await server.json('POST', `/v1/envelopes/${id}/recipients/1/links`, {});
  const page = await openPage(browser, PHONE);
  await page.goto(url);
  await step(page, 'disclosure-modal').waitFor();
  assert.equal(await step(page, 'challenge-modal').count(), 0);
  await page.context().close();
});

/** RFC 6238 with what authenticator apps take for granted. */
function totp(secret, at) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('an authenticator app is set up once, and is enough from then on', async () => {
  const { page } = await visited('totp', [{ method: 'totp' }]);
  await isClosed(page);
  const secret = await step(page, 'challenge-key').textContent();
  const picture = page.getByRole('img', { name: /QR code/ });
  assert.ok(await picture.evaluate((one) => one.complete && one.naturalWidth > 0), 'the picture can be seen');
  await holdsUp(page, 'proof-totp-new');
  await answer(page, totp(secret, Date.now()));
  await isLetIn(page);

  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email: 'totp@example.org', authentication: [{ method: 'totp' }] }] });
  const link = await until('another link', async () => {
    const messages = (await server.mailsTo('totp@example.org')).filter(server.linkIn);
    return messages.length > 1 && server.linkIn(messages[0]);
  });
  const again = await openPage(browser, PHONE);
  again.read = [];
  again.on('request', (request) => request.url().includes('/documents/') && again.read.push(request.url()));
  await again.goto(link);
  await step(again, 'challenge-input').waitFor();
  assert.equal(await step(again, 'challenge-key').count(), 0, 'the key is shown once');
  await holdsUp(again, 'proof-totp');
  // Each code is good once: the next one is taken a little early.
  await answer(again, totp(secret, Date.now() + 30_000));
  await isLetIn(again);
  assert.ok((await eventsOf(id)).includes('challenge_passed'));
});

/** Gives a page's browser an authenticator of its own, as a phone has one. */
async function withAuthenticator(page) {
  const authenticator = await page.context().newCDPSession(page);
  await authenticator.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await authenticator.send('WebAuthn.addVirtualAuthenticator', { options });
  return { authenticator, authenticatorId };
}

test('a passkey is made once, and is enough from then on', async () => {
  const { page, email } = await visited('passkey', [{ method: 'passkey' }]);
  const { authenticator, authenticatorId } = await withAuthenticator(page);
  await isClosed(page);
  await page.getByRole('button', { name: 'Make a passkey' }).waitFor();
  await holdsUp(page, 'proof-passkey-new');

  // Stopped by the person, or no finger given: said, and to be tried again.
  await authenticator.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await press(page, 'challenge-submit');
  await page.getByText(/That was stopped or took too long|You have \d tries left/).waitFor();
  await authenticator.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await press(page, 'challenge-submit');
  await step(page, 'disclosure-modal').waitFor();
  const { credentials } = await authenticator.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);

  await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication: [{ method: 'passkey' }] }] });
  const link = await until('another link', async () => {
    const messages = (await server.mailsTo(email)).filter(server.linkIn);
    return messages.length > 1 && server.linkIn(messages[0]);
  });
  await page.goto(link);
  await page.getByRole('button', { name: 'Use passkey' }).waitFor();
  await isClosed(page);
  await holdsUp(page, 'proof-passkey');
  await press(page, 'challenge-submit');
  await isLetIn(page);
});

test('another authenticator than the one that was set up opens nothing, whatever it calls its key', async () => {
  const { page, email } = await visited('impostor', [{ method: 'passkey' }]);
  const own = await withAuthenticator(page);
  await page.getByRole('button', { name: 'Make a passkey' }).waitFor();
  await press(page, 'challenge-submit');
  await step(page, 'disclosure-modal').waitFor();
  const { credentials } = await own.authenticator.send('WebAuthn.getCredentials', { authenticatorId: own.authenticatorId });
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email, authentication: [{ method: 'passkey' }] }] });
  const link = await until('another link', async () => {
    const messages = (await server.mailsTo(email)).filter(server.linkIn);
    return messages.length > 1 && server.linkIn(messages[0]);
  });

  // A phone that has no such key, in the hands of somebody who has the link.
  const stranger = await openPage(browser, PHONE);
  stranger.read = [];
  stranger.on('request', (request) => request.url().includes('/documents/') && stranger.read.push(request.url()));
  const other = await withAuthenticator(stranger);
  await stranger.goto(link);
  await stranger.getByRole('button', { name: 'Use passkey' }).waitFor();
  await press(stranger, 'challenge-submit');
  await stranger.getByText('That was stopped or took too long').waitFor();
  await isClosed(stranger);

  // One that says it has: a key of the same name, and not the same key.
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { credentialId, userHandle, rpId } = credentials[0];
  const forged = {
    credentialId, userHandle, rpId, isResidentCredential: true, signCount: 1000,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
  await other.authenticator.send('WebAuthn.addCredential', { authenticatorId: other.authenticatorId, credential: forged });
  await press(stranger, 'challenge-submit');
  await stranger.getByText('You have 4 tries left').waitFor();
  await holdsUp(stranger, 'proof-passkey-wrong');
  await isClosed(stranger);
  await stranger.context().close();
  const events = await eventsOf(id);
  assert.ok(events.includes('challenge_failed') && !events.includes('challenge_passed'), events.join());

  // Whose it is goes on.
  await page.goto(link);
  page.read.length = 0;
  await page.getByRole('button', { name: 'Use passkey' }).waitFor();
  await press(page, 'challenge-submit');
  await isLetIn(page);
});

test('somebody whose language is French is asked in French', async () => {
  const { page } = await visited('french', [{ method: 'sms_code' }], { phone: '+33612345677', language: 'fr' });
  await page.getByRole('heading', { name: 'D’abord, montrez que c’est bien vous' }).waitFor();
  assert.equal(await step(page, 'challenge-send').textContent(), 'Envoyer le code au mobile se terminant par •••• 77');
  await holdsUp(page, 'proof-french');
  await press(page, 'challenge-send');
  await answer(page, '000000');
  await page.getByText('Il vous reste 4 essais.').waitFor();
  await holdsUp(page, 'proof-french-wrong');
  await page.context().close();
});
