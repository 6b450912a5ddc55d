/** Somebody at the desk: what every walk there begins with. */
import assert from 'node:assert/strict';
import { openBrowser, openPage } from './browser.mjs';
import { startServer } from './server.mjs';

/** @returns a page of whoever has this link, signed in and at their documents. */
export async function signIn(browser, link, shape, more) {
  const page = await openPage(browser, shape, more);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  return page;
}

/** @returns how somebody who is signed in opens a page of the desk, each time in a window of its own. */
export function atDeskOf(server, browser, storageState) {
  return async (shape, path, more = {}) => {
    const page = await openPage(browser, shape, { storageState, ...more });
    await page.goto(server.url + path);
    return page;
  };
}

/** A server, a browser, and the owner of the tenant signed in in it. */
export async function openDesk(settings) {
  const server = await startServer(settings);
  let browser;
  const close = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await openBrowser();
    const first = await signIn(browser, server.signInLink);
    const atDesk = atDeskOf(server, browser, await first.context().storageState());
    await first.context().close();
    return { server, browser, atDesk, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The end of every walk: nothing went wrong in the page itself. */
export async function over(page) {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}
