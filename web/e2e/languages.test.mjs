import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before } from 'node:test';
import { DESKTOP, PHONE, fits, holdsUp, openBrowser, openPage, tabTo } from './browser.mjs';
import { oneOfEach, startServer } from './server.mjs';
import { adopt, agree, draw, fillEverything, finish, step } from './visit.mjs';
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

const folder = new URL('../src/locales/sign/', import.meta.url);
const languages = readdirSync(folder).map((file) => file.replace('.json', ''));
const words = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'));
const KEY = new RegExp(`\\b(${[...new Set(Object.keys(words('en')).map((key) => key.split('.')[0]))].join('|')})\\.[a-z_]+(\\.[a-z_]+)*\\b`);

/** What is on the screen is in the language, names no key and leaves no place open, and fits a telephone. */
async function says(page, language, name) {
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [language, 'ltr']);
  const text = await page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(text, KEY, `${name} in ${language} shows the name of a message`);
  assert.doesNotMatch(text, /\{\w+\}/, `${name} in ${language} shows an open place`);
  await fits(page, `${name} in ${language}`);
}

/** And nobody is kept out by colours, names or sizes. */
async function reads(page, language, name) {
  await says(page, language, name);
  await holdsUp(page, `${name}-${language}`);
}

const asked = (language, name) => ({ recipients: [{ name, email: `${language}@example.org`, language }], language });

// Names with the letters of their languages: what is typed has to be drawn into the document.
const signers = {
  da: 'Åse Sørensen', de: 'Jürgen Groß', es: 'Íñigo Núñez', fr: 'Noël Lefèvre', hi: 'अनीता शर्मा', hu: 'Őrsi Béla', it: 'Niccolò Però',
  nl: 'Zoë van ’t Hoff', pl: 'Łukasz Żółw', pt: 'João Gonçalves', ru: 'Анна Каренина', sv: 'Östen Ågren', tr: 'Çağrı İnönü Şen', zh: '王小明',
};
for (const [language, name] of Object.entries(signers)) {
  test(`somebody signs in ${language} on a phone, from the mail to the thanks`, async () => {
    const said = words(language);
    const { id } = await server.send(asked(language, name));
    const page = await openPage(browser, PHONE);
    await page.goto(await server.linkFor(`${language}@example.org`));
    await step(page, 'disclosure-modal').waitFor();
    await page.getByRole('region', { name: said['consent.text'] }).waitFor();
    await reads(page, language, 'consent');
    await agree(page);
    await page.locator('.textLayer, canvas').first().waitFor();
    await reads(page, language, 'room');
    await page.getByRole('button', { name: said['place.signature'] }).click();
    await step(page, 'adopt-modal').waitFor();
    await reads(page, language, 'adopt');
    await adopt(page);
    await fillEverything(page, name, [said['place.initials']]);
    await finish(page);
    await page.getByText(said['done.title']).first().waitFor();
    await reads(page, language, 'done');
    await server.status(id, 'completed');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

for (const [language, name] of Object.entries({ zh: 'สมชาย', hi: 'สมชาย' })) {
  test(`a name that no face of ours has, in ${language}, is drawn by hand, and the page says so kindly`, async () => {
    const said = words(language);
    const signature = oneOfEach(1).filter(({ type }) => type === 'signature');
    const { id } = await server.send({ ...asked(language, name), fields: signature });
    const page = await openPage(browser, PHONE);
    await page.goto(await server.linkFor(`${language}@example.org`));
    await step(page, 'disclosure-modal').waitFor();
    await reads(page, language, 'consent');
    await agree(page);
    await page.locator('.textLayer, canvas').first().waitFor();
    await page.getByRole('button', { name: said['place.signature'] }).click();
    await step(page, 'adopt-modal').waitFor();
    await page.getByRole('tab', { name: said['adopt.type'] }).click();
    await adopt(page);
    await step(page, 'finish').click();
    await page.getByText(said['trouble.text_not_drawable'].replace('{letters}', 'สมชาย')).first().waitFor();
    await step(page, 'adopt-modal').waitFor();
    await reads(page, language, 'not-drawable');
    await draw(page, true, said['adopt.draw']);
    await adopt(page);
    await finish(page);
    await page.getByText(said['done.title']).first().waitFor();
    await server.status(id, 'completed');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('every language reads well and can be chosen by its own name with the keyboard alone', async () => {
  await server.send(asked('en', 'Ada Lovelace'));
  const page = await openPage(browser, { ...DESKTOP, viewport: PHONE.viewport });
  await page.goto(await server.linkFor('en@example.org'));
  await step(page, 'disclosure-modal').waitFor();
  const offered = await page.locator('option').evaluateAll((all) => all.map((one) => [one.value, one.textContent, one.lang]));
  assert.deepEqual(offered.map(([code]) => code).sort(), languages.sort());
  assert.deepEqual(['de', 'ru', 'zh', 'hi', 'hu'].map((code) => offered.find(([one]) => one === code)[1]), ['Deutsch', 'Русский', '中文', 'हिन्दी', 'Magyar']);
  assert.ok(offered.every(([code, , lang]) => code === lang), 'a screen reader says each name in its language');
  await tabTo(page, 'select');
  await page.keyboard.press('Home');
  for (const [code] of offered) {
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, code);
    await page.getByRole('region', { name: words(code)['consent.text'] }).waitFor();
    await says(page, code, 'consent');
    await page.keyboard.press('ArrowDown');
  }
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('the page stands as well from right to left', async () => {
  await server.send(asked('en', 'Ada Lovelace'));
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor('en@example.org'));
  // No language of ours is written so yet: the page is turned by hand, as a language would turn it.
  const turned = async (name, words) => {
    const left = async () => (await words.boundingBox()).x;
    const right = async () => page.viewportSize().width - (await words.boundingBox().then(({ x, width }) => x + width));
    await page.evaluate(() => (document.documentElement.dir = 'ltr'));
    const before = [await left(), await right()];
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    const after = [await right(), await left()];
    assert.deepEqual(after.map(Math.round), before.map(Math.round), `${name} is mirrored`);
    await fits(page, `${name} from right to left`);
    await holdsUp(page, `${name}-rtl`);
  };
  await step(page, 'disclosure-modal').waitFor();
  await turned('consent', step(page, 'disclosure'));
  await agree(page);
  await page.locator('.textLayer, canvas').first().waitFor();
  await turned('room', step(page, 'finish'));
  await page.getByRole('button', { name: words('en')['place.signature'] }).click();
  await step(page, 'adopt-modal').waitFor();
  await turned('adopt', page.getByRole('tab').first());
  const frame = await step(page, 'adopt-modal').locator('svg:has(text)').boundingBox();
  const name = await step(page, 'adopt-modal').locator('svg text').boundingBox();
  assert.ok(name.x >= frame.x - 1 && name.x + name.width <= frame.x + frame.width + 1, 'the typed name stands in its frame');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a mail says the day as its language does', async () => {
  for (const [language, day] of [
    ['de', /bis \d{1,2}\. [A-Zä]\S+ \d{4} um \d\d:\d\d \(\S+\)/],
    ['ru', /до \d{1,2} [а-я]+ \d{4} г\. в \d\d:\d\d \(\S+\)/],
    ['hi', /कृपया \d{1,2} \S+ \d{4} को \d{1,2}:\d\d [ap]m बजे \(\S+\) तक/],
    ['zh', /请在 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d \(\S+\) 之前签署/],
  ]) {
    const email = `mail-${language}@example.org`;
    await server.send({ recipients: [{ name: 'Ada', email, language }] });
    assert.match((await server.mailTo(email)).text, day);
  }
});
