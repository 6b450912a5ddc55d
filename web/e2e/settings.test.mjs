/** What a tenant sets for itself, at the desk: what drafts begin with, what people agree to, what mails say. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openDesk } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, openPage, shot } from './browser.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';

let desk, server, browser, atDesk;
before(async () => {
  desk = await openDesk();
  ({ server, browser, atDesk } = desk);
});
after(() => desk?.close());

for (const [name, shape] of [['a desktop', DESKTOP], ['a phone', PHONE]]) {
  const width = shape.viewport.width;

  test(`a new draft begins with what was set, on ${name}`, async () => {
    const days = String(width === 390 ? 17 : 12);
    const page = await atDesk(shape, '/');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    const button = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByLabel('Days to sign').waitFor();
    assert.ok(await button.isDisabled(), 'there is nothing to save yet');
    await page.getByLabel('Days to sign').fill('0');
    await button.click();
    await page.getByText('between 1 and 365').first().waitFor();
    await page.getByLabel('Days to sign').fill(days);
    await page.getByLabel('First after so many days').fill('3');
    await page.getByLabel('Somebody else in their place').selectOption({ label: 'only if I agree' });
    await page.getByLabel('Attach the finished documents to the last mail').check();
    await holdsUp(page, 'settings-defaults');
    if (process.env.COUNTERSIGN_SHOTS) await page.screenshot({ path: `${process.env.COUNTERSIGN_SHOTS}/settings-defaults-whole-${width}.png`, fullPage: true });
    await button.click();
    await until('the defaults', async () => (await server.json('GET', '/v1/settings/defaults')).expires_in_days === Number(days));
    await until('nothing more to save', () => button.isDisabled());

    await page.goto(`${server.url}/new`);
    await page.getByLabel('Days to sign').waitFor();
    assert.equal(await page.getByLabel('Days to sign').inputValue(), days);
    await page.getByText('More settings', { exact: true }).click();
    assert.ok(await page.getByLabel('Attach the finished documents to the last mail').isChecked());
    assert.equal(await page.getByLabel('First after so many days').inputValue(), '3');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test(`people agree to the words that were saved, on ${name}`, async () => {
    const email = `consent-${width}@example.org`;
    await server.send({ recipients: [{ name: 'Ada Lovelace', email }] });
    const link = await server.linkFor(email);
    const theirs = await openPage(browser, shape);
    await theirs.goto(link);
    await theirs.getByText(/Your electronic signature binds you|^Version for/).first().waitFor();

    const page = await atDesk(shape, '/settings/consent');
    const text = page.getByLabel('Text', { exact: true });
    const save = page.getByRole('button', { name: 'Save as a new version' });
    await text.waitFor();
    await text.fill('');
    await save.click();
    await page.getByText('Nobody can agree to nothing.').waitFor();
    await holdsUp(page, 'settings-consent-empty');
    await text.fill(`Version for ${width}.\n\nYou sign on this screen instead of on paper.`);
    await save.click();
    await page.getByText(/Your own words, version en-\d/).waitFor();
    await page.getByText(/^en-\d+, /).first().click();
    await page.getByText('SHA-256').first().waitFor();
    await holdsUp(page, 'settings-consent');

    // A page that was open before asks to read again.
    await theirs.locator('[data-ceremony-step="disclosure"]').check();
    await theirs.locator('[data-ceremony-step="disclosure-continue"]').click();
    await theirs.getByText('This text was changed a moment ago.').waitFor();
    await theirs.getByText(`Version for ${width}.`).waitFor();
    assert.equal(await theirs.locator('[data-ceremony-step="disclosure"]').isChecked(), false, 'that was for other words');
    await holdsUp(theirs, 'consent-own');
    await theirs.locator('[data-ceremony-step="disclosure"]').check();
    await theirs.locator('[data-ceremony-step="disclosure-continue"]').click();
    await theirs.locator('[data-ceremony-step="finish"]').waitFor();

    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByText('The built-in words. Those who').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Back to the built-in words' }).click();
    await page.getByText('The built-in words. Those who').waitFor();
    for (const one of [page, theirs]) {
      assert.deepEqual(one.wrong, []);
      await one.context().close();
    }
  });

  test(`an invitation is written, seen and sent in own words, on ${name}`, async () => {
    const page = await atDesk(shape, '/settings/mails');
    await page.getByRole('heading', { name: 'To those who are asked' }).waitFor();
    await holdsUp(page, 'settings-mails');
    await page.getByRole('link', { name: 'Please sign, English', exact: true }).click();
    const subject = page.getByLabel('Subject');
    const text = page.getByLabel('Text', { exact: true });
    const preview = page.frameLocator('iframe');
    await preview.getByText('Dear Ada,').waitFor();
    assert.match(await text.inputValue(), /\{\{ link \}\}/);

    await subject.fill(`For ${width}: {{ title }}`);
    await text.fill('Good day {{ nmae }},\n\nplease sign.');
    await page.getByText('Line 1: nothing is called “nmae” here.').waitFor();
    await page.getByText('“link” is missing').waitFor();
    await holdsUp(page, 'settings-mail-wrong');
    await text.fill('Good day <b>{{ name }}</b>,\n\nplease sign.\n\n');
    await page.getByRole('button', { name: /^link/ }).click();
    await preview.getByText('Good day <b>Ada Lovelace</b>,').waitFor();
    await preview.getByRole('link', { name: 'Read and sign' }).waitFor();
    assert.match(await preview.locator('footer').textContent(), /Sent with Countersign/);
    await page.getByText(`For ${width}: Framework contract`).waitFor();
    await holdsUp(page, 'settings-mail');
    if (process.env.COUNTERSIGN_SHOTS) await page.screenshot({ path: `${process.env.COUNTERSIGN_SHOTS}/settings-mail-whole-${width}.png`, fullPage: true });
    const { words } = await server.json('GET', '/v1/settings/mails/invitation/en');
    const alone = await openPage(browser, shape);
    await alone.setContent((await server.json('POST', '/v1/settings/mails/invitation/en/preview', { words })).html);
    await holdsUp(alone, 'settings-mail-alone');
    await alone.context().close();
    await page.getByRole('tab', { name: 'As text' }).click();
    await page.getByText('Good day <b>Ada Lovelace</b>,').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('These are your own words.').waitFor();

    const email = `own-${width}@example.org`;
    await server.send({ recipients: [{ name: 'Grace', email }] });
    const mail = await server.mailTo(email, new RegExp(`For ${width}: Lease of the boathouse`));
    assert.match(mail.text, /Good day <b>Grace<\/b>,/);
    await page.getByRole('link', { name: 'All mails' }).click();
    await page.getByRole('link', { name: 'Please sign, English, Own words', exact: true }).click();
    await page.getByRole('button', { name: 'Back to the built-in words' }).click();
    await page.getByText('These are the built-in words.').waitFor();
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('the settings are there in French too', async () => {
  for (const path of ['', '/consent', '/mails', '/mails/code/fr']) {
    const page = await atDesk(PHONE, `/settings${path}`, { locale: 'fr-FR' });
    await page.getByRole('heading', { name: 'Réglages', level: 1 }).waitFor();
    await page.locator('.card').first().waitFor();
    await shot(page, `settings-french${path.replaceAll('/', '-')}`);
    assert.doesNotMatch(await page.locator('main').innerText(), /desk\.\w/);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  }
});
