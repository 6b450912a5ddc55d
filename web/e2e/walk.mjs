/**
 * A browser test that ends. Waiting for something on a page has its limit in Playwright; a call into a browser that has
 * stopped answering has none, and one such call would keep everything after it from being tested.
 */
import { test as nodeTest } from 'node:test';
import { openedBrowsers } from './browser.mjs';

const A_WALK_MS = 150_000;

/**
 * As `test` of node:test. A walk whose browser answers nothing any more is cut off there, which names the line it hung
 * in, and walked once more in a new browser: what is tested is our pages. A walk that fails is never repeated.
 */
export function test(name, body) {
  nodeTest(name, { timeout: 3 * A_WALK_MS }, async (t) => {
    if (await walked(t, body)) return;
    t.diagnostic('the browser hung; walked again in a new one');
    if (!(await walked(t, body))) throw new Error(`hung twice, each time for ${A_WALK_MS / 1000} s`);
  });
}

/** @returns whether the body came to an end. Throws what it throws. */
async function walked(t, body) {
  let reopened;
  const cut = setTimeout(() => {
    reopened = Promise.all([...openedBrowsers].map((browser) => browser.restart()));
  }, A_WALK_MS);
  try {
    await body(t);
    return true;
  } catch (error) {
    if (!reopened) throw error;
    await reopened;
    console.log(`# hung: ${t.name}\n${error.stack}`);
    return false;
  } finally {
    clearTimeout(cut);
  }
}
