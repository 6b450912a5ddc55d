/** Chromium as a person holds it: a phone or a desktop, light or dark; and what every screen is held to. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Every browser that is open, for whoever has to end one that answers no more. */
export const openedBrowsers = new Set();

/** A browser that can be killed and opened again under the hands of those who hold it. */
export async function openBrowser(more = []) {
  let chrome, browser;
  const open = async () => {
    chrome = await chromium.launchServer({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...SWITCHES, ...more] });
    browser = await chromium.connect(chrome.wsEndpoint());
  };
  await open();
  const held = {
    newContext: (shape) => browser.newContext(shape),
    async restart() {
      await chrome.kill();
      await open();
    },
    async close() {
      openedBrowsers.delete(held);
      // Whatever is open in it was a test's, and that is over.
      await chrome.kill();
    },
  };
  openedBrowsers.add(held);
  return held;
}

/** A page whose script errors and refused policies fail the test that looks at `page.wrong`. */
export async function openPage(browser, shape = DESKTOP, more = {}) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', ...shape, ...more });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) page.wrong.push(message.text());
  });
  return page;
}

/** Keeps a picture of a screen where `COUNTERSIGN_SHOTS` names a folder; nothing else reads it. */
export async function shot(page, name) {
  const folder = process.env.COUNTERSIGN_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}-${page.viewportSize().width}.png`) });
}

/** No serious or critical finding of axe, in light and in dark, and nothing that has to be scrolled sideways. */
export async function holdsUp(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours that are on their way from light to dark are nobody's to read. A page in the background draws no frames and
    // ends no transition, so nothing here is waited for longer than a second.
    await page.evaluate(async () => {
      const drawn = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const settled = drawn.then(() => Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)));
      await Promise.race([settled, new Promise((done) => setTimeout(done, 1_000))]);
    });
    // In a frame in which no script may run axe waits for ever; what such a frame shows is looked at by itself.
    const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox=""]').analyze();
    const found = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} (${any[0]?.message ?? ''})`).join(' | ')}`);
    assert.deepEqual(found, [], `${name}, ${colorScheme}, ${page.viewportSize().width} pixels wide`);
    await shot(page, colorScheme === 'dark' ? `${name}-dark` : name);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // A phone zooms out until everything fits, and then calls that its width: the real one is known here.
  const screen = page.viewportSize().width;
  const wide = await page.evaluate((width) => {
    const over = document.documentElement.scrollWidth > width;
    const culprits = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
    return over ? culprits.slice(-3).map((one) => one.outerHTML.slice(0, 200)) : [];
  }, screen);
  assert.deepEqual(wide, [], `${name} has to be scrolled sideways on a screen of ${screen} pixels`);
}

/** What has to be tapped or read and is wider than its own box, so that a part of its words is cut off or hangs out. */
export async function cutOff(page) {
  return page.evaluate(() => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.clientWidth > 1 && one.innerText.trim() !== '';
    return [...document.querySelectorAll('button, a, label, summary, legend, h1, h2, h3, p, [role=tab]')]
      // A place on the page that is too small for its words hangs them on a flag outside, on purpose.
      .filter((one) => shown(one) && !one.closest('.textLayer, .paper-field, .visually-hidden'))
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.outerHTML.replace(/<!--.*?-->/g, '').slice(0, 160));
  });
}

/** Nothing has to be scrolled sideways, and no words are wider than what they stand on. */
export async function fits(page, name) {
  const { width } = page.viewportSize();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} has to be scrolled sideways`);
  assert.deepEqual(await cutOff(page), [], `words of ${name} are cut off`);
}

/** Goes on with Tab, as somebody without a mouse does, until the focus is where it is wanted. */
export async function tabTo(page, selector, most = 80) {
  for (let step = 0; step < most; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${selector}`);
}
