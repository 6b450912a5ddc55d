import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { PHONE, holdsUp } from './browser.mjs';
import { contract } from './contract.mjs';
import { openDesk, over } from './at-desk.mjs';
import { test } from './walk.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } };

/** Somebody's draft of one document, changed as the test needs it, opened in the editor. */
async function draft(shape, change = {}, more = {}) {
  const upload = await desk.server.json('POST', '/v1/uploads?filename=contract.pdf', contract());
  const { id } = await desk.server.json('POST', '/v1/envelopes', {
    title: 'Lease',
    documents: [{ upload: upload.id, title: 'Lease' }],
    recipients: [{ name: 'Grace Hopper', email: 'grace@example.org' }],
    ...change,
  });
  return desk.atDesk(shape, `/envelopes/${id}/edit`, more);
}

/** What of each place in the bar is outside of it, broken inside a word, or over another one. */
const squeezed = (page) =>
  page.locator('header nav').evaluate((nav) => {
    const places = [...nav.querySelectorAll('a')];
    const wrong = [];
    let end = 0;
    for (const place of places) {
      const label = place.querySelector('span');
      const box = place.getBoundingClientRect();
      const words = document.createRange();
      words.selectNodeContents(label);
      const said = words.getBoundingClientRect();
      const lines = new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size;
      const name = label.textContent;
      if (said.left < box.left - 1 || said.right > box.right + 1 || said.bottom > box.bottom + 1) wrong.push(`${name} hangs out`);
      if (label.scrollWidth > label.clientWidth + 1 && getComputedStyle(label).display !== 'inline') wrong.push(`${name} is cut off`);
      if (getComputedStyle(label).textOverflow === 'ellipsis' || lines > name.trim().split(/\s+/).length) wrong.push(`${name} is broken`);
      if (box.left < end - 1 || box.right > innerWidth + 1) wrong.push(`${name} has no room`);
      if (box.width < 44 || box.height < 44) wrong.push(`${name} is too small to press`);
      end = box.right;
    }
    return { count: places.length, wrong };
  });

for (const locale of ['en-GB', 'fr-FR']) {
  for (const shape of [PHONE, NARROW]) {
    test(`every place of the desk can be read and pressed, ${shape.viewport.width} pixels wide, ${locale}`, async () => {
      const page = await desk.atDesk(shape, '/contacts', { locale });
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.deepEqual(await squeezed(page), { count: 5, wrong: [] });
      await holdsUp(page, `places-${locale}`);
      // The bar stays where it can be pressed, and what stands above it goes away with the page.
      await page.evaluate(() => {
        document.querySelector('main').style.minHeight = '300vh';
        scrollTo(0, 600);
      });
      const bar = await page.locator('header nav').boundingBox();
      assert.ok(bar.y >= -1 && bar.y + bar.height <= 64, JSON.stringify(bar));
      await page.locator('header nav a').first().click();
      await page.waitForURL((url) => url.pathname === '/');
      await over(page);
    });
  }
}

test('why it cannot be sent yet is said beside the button, and read with it', async () => {
  const page = await draft(PHONE);
  await page.locator('.surface').first().waitFor();
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  const send = page.getByRole('button', { name: 'Send now' });
  await send.waitFor();
  assert.equal(await send.getAttribute('aria-disabled'), 'true');
  const why = page.locator(`#${await send.getAttribute('aria-describedby')}`);
  assert.match(await why.innerText(), /^1 thing to put right first: Grace Hopper: .+/s);
  const [button, reason] = [await send.boundingBox(), await why.boundingBox()];
  assert.ok(Math.min(Math.abs(reason.y - button.y - button.height), Math.abs(button.y - reason.y - reason.height)) < 40, 'beside it');
  await holdsUp(page, 'review-not-yet');
  await over(page);
});

test('a draft with nothing left to put right says nothing beside its button', async () => {
  const fields = [{ type: 'signature', document: 1, page: 1, x: 72, y: 600, width: 180, height: 50, recipient: 1 }];
  const page = await draft(PHONE, { fields });
  await page.locator('.surface').first().waitFor();
  await page.getByRole('button', { name: 'Next: check and send' }).click();
  const send = page.getByRole('button', { name: 'Send now' });
  await send.waitFor();
  assert.deepEqual([await send.getAttribute('aria-disabled'), await send.getAttribute('aria-describedby')], ['false', null]);
  assert.equal(await page.getByText('to put right first').count(), 0);
  await over(page);
});

for (const [locale, words] of [
  ['en-GB', { who: 'Who and what', more: 'Proof of who they are, message, more', choose: 'Choose a proof', add: 'Add', pin: 'PIN, 4 to 12 letters or digits', set: 'The PIN is set' }],
  ['fr-FR', { who: 'Qui et quoi', more: 'Preuve d’identité, message, autres réglages', choose: 'Choisissez une preuve', add: 'Ajouter', pin: 'Code PIN, de 4 à 12 lettres ou chiffres', set: 'Le code PIN est enregistré' }],
]) {
  test(`what is pressed on leaving a PIN stays under the finger, ${locale}`, async () => {
    const page = await draft(PHONE, {}, { locale });
    await page.getByRole('button', { name: words.who }).click();
    await page.getByText(words.more).click();
    await page.getByLabel(words.choose).selectOption('pin');
    await page.getByRole('button', { name: words.add, exact: true }).click();
    await page.getByLabel(words.pin).fill('4711');
    const below = page.locator('[id^="private-"]');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' || answer.request().method() === 'PUT');
    const place = () => below.evaluate((one) => Math.round(one.getBoundingClientRect().top + scrollY));
    const typed = await place();
    await below.focus();
    await page.getByText(words.set).waitFor();
    await saved;
    assert.equal(await place(), typed);
    await page.getByText(words.set).scrollIntoViewIfNeeded();
    await holdsUp(page, `pin-kept-${locale}`);
    await over(page);
  });
}
