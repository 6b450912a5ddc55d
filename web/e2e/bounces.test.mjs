/** A mail that came back: what the sender sees, and what somebody sees who waits for a code in it. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { startServer, until } from './server.mjs';
import { press, step } from './visit.mjs';
import { test } from './walk.mjs';

const SECRET = 'of the mail server';
let server, browser;
before(async () => {
  server = await startServer({ settings: { COUNTERSIGN_BOUNCES__DSN_SECRET: SECRET } });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The newest mail to this address comes back for good, as RFC 3464 has it. */
async function comesBack(to) {
  const [mail] = await until('a mail', async () => {
    const all = await server.mailsTo(to);
    return all.length > 0 && all;
  });
  const report = [
    'From: MAILER-DAEMON@mx.example.org', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
    '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.org', '',
    `Final-Recipient: rfc822; ${to}`, 'Action: failed', 'Status: 5.1.1',
    '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${mail.id}`, '--b--', '',
  ].join('\r\n');
  const answer = await fetch(`${server.url}/hooks/mail/dsn`, { method: 'POST', headers: { Authorization: `Bearer ${SECRET}` }, body: report });
  assert.deepEqual(await answer.json(), { results: ['recorded'] });
}

test('the sender is asked to correct an address that takes no mail, and does', async () => {
  const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email: 'ada@example.org' }] });
  await comesBack('ada@example.org');
  const page = await openPage(browser, DESKTOP);
  await page.goto(server.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await page.goto(`${server.url}/envelopes/${id}`);
  const ada = page.locator('[data-person="1"]');
  await ada.getByText('The mail to them did not arrive. Correct the address.').waitFor();
  await holdsUp(page, 'bounced');
  await ada.getByRole('button', { name: 'Correct the address', exact: true }).click();
  await page.locator('#new-email').fill('lovelace@example.org');
  await page.locator('dialog[open] .primary').click();
  await ada.getByText('lovelace@example.org').waitFor();
  assert.equal(await ada.getByText('The mail to them did not arrive.').count(), 0);
  await until('the new invitation', async () => (await server.mailsTo('lovelace@example.org')).length > 0);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('who waits for a code is told that it did not arrive, and by whom it can be mended', async () => {
  const email = 'emile@example.org';
  await server.send({ recipients: [{ name: 'Émile Zola', email, authentication: [{ method: 'email_code' }] }] });
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor(email));
  await press(page, 'challenge-send');
  await step(page, 'challenge-input').waitFor();
  assert.equal(await step(page, 'challenge-undelivered').count(), 0);
  await until('the code', async () => (await server.mailsTo(email)).length === 2);
  await comesBack(email);
  await page.reload();
  const said = step(page, 'challenge-undelivered');
  await said.waitFor();
  assert.match(await said.textContent(), /^The code did not reach e••@example\.org\./);
  assert.equal(await step(page, 'challenge-input').count(), 1, 'the code stays good');
  await holdsUp(page, 'code-undelivered');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
