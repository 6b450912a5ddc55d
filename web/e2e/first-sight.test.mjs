import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { PHONE, holdsUp, openBrowser, openPage } from './browser.mjs';
import { oneOfEach, startServer } from './server.mjs';
import { agree, fillEverything, finish, step } from './visit.mjs';
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

const isPdfjs = (path) => /^\/(pdfjs\/|assets\/pdf[.-])/.test(path);
const isPicture = (path) => /\/pages\/\d+\.png$/.test(path);
const path = (request) => new URL(request.url()).pathname;

/** Somebody's page, and what it asks the server for, in order. */
async function visitor(email, change = {}) {
  await server.send({ recipients: [{ name: 'Ada Lovelace', email }], fields: oneOfEach(1), ...change });
  const page = await openPage(browser, PHONE);
  const asked = [];
  page.on('request', (request) => request.url().startsWith('http') && asked.push(request));
  return { page, asked, link: await server.linkFor(email) };
}

/** The place of a page on the screen, and of the fields on it. */
const layout = (page) =>
  page.locator('[data-sheet], [data-field-id]').evaluateAll((all) => all.map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y + scrollY, width, height].map(Math.round).join(' ');
  }));

test('the first page is read before pdf.js and the document are asked for, in few requests and bytes', async (t) => {
  const { page, asked, link } = await visitor('sight@example.org');
  // Whoever asks for pdf.js now waits until the picture was looked at: the order is the page's own, not the line's.
  let looked;
  const heldUp = new Promise((done) => (looked = done));
  await page.route((url) => isPdfjs(url.pathname), async (route) => {
    await heldUp;
    await route.continue();
  });
  await page.goto(link);
  await agree(page);
  const sight = page.locator('[data-page="1"] img.sight');
  await sight.waitFor();
  await page.waitForFunction(() => document.querySelector('img.sight')?.complete);
  const seen = await sight.evaluate((image) => ({ width: image.naturalWidth, height: image.naturalHeight, shown: image.getBoundingClientRect().width }));
  assert.equal(seen.width, 800);
  assert.ok(Math.abs(seen.height / seen.width - 842 / 595) < 0.01, 'the page in its own proportions');
  assert.ok(seen.width >= seen.shown * 2, 'two pixels of the picture for each of the page');

  const until = asked.findIndex((request) => isPicture(path(request)));
  const before = asked.slice(0, until + 1);
  const names = before.map((request) => `${request.method()} ${path(request)}`);
  assert.deepEqual(names.filter((name) => isPdfjs(name.split(' ')[1])), [], 'pdf.js was not asked for');
  assert.deepEqual(names.filter((name) => /documents\/\d+$/.test(name)), [], 'the document was not asked for');
  assert.deepEqual(names.filter((name) => /woff2?$/.test(name)), [], 'no letters that nobody has asked for');
  // The page, four scripts (one of them the words), a style sheet, an icon, the visit, the agreement, the picture.
  assert.ok(before.length <= 10, `${before.length} requests: ${names.join(', ')}`);
  const bytes = (await Promise.all(before.map(async (request) => (await request.sizes()).responseBodySize))).reduce((sum, one) => sum + one, 0);
  t.diagnostic(`${before.length} requests, ${bytes} bytes`);
  assert.ok(bytes <= 150_000, `${bytes} bytes before the first page can be read`);
  assert.ok(bytes > 20_000, `${bytes} bytes were counted`);
  await holdsUp(page, 'first-sight');

  // The fields are there to be filled, and nothing moves when the page itself takes the picture's place.
  const stood = await layout(page);
  assert.ok(stood.length > 5);
  looked();
  await page.locator('[data-page="1"] canvas.drawn').waitFor();
  await sight.waitFor({ state: 'detached' });
  assert.deepEqual(await layout(page), stood);
  assert.ok(asked.some((request) => isPdfjs(path(request))), 'pdf.js came afterwards');
  assert.equal(asked.filter((request) => isPicture(path(request))).length, 1, 'one picture, of the first page alone');
  await fillEverything(page);
  await finish(page);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a first page that the server cannot draw is said to be so, and the document comes all the same', async () => {
  const { page, link } = await visitor('no-sight@example.org');
  let looked;
  const heldUp = new Promise((done) => (looked = done));
  await page.route((url) => isPicture(url.pathname), (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ code: 'page_not_drawable', detail: 'This page cannot be drawn.', status: 422 }) }));
  await page.route((url) => isPdfjs(url.pathname), async (route) => {
    await heldUp;
    await route.continue();
  });
  await page.goto(link);
  await agree(page);
  await page.getByText('There is no quick view of this page.').waitFor();
  await holdsUp(page, 'no-sight');
  looked();
  await page.locator('[data-page="1"] canvas.drawn').waitFor();
  assert.equal(await page.getByText('There is no quick view').count(), 0);
  await fillEverything(page);
  await finish(page);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('the visit, its words and the picture are asked for before the page itself has come', async () => {
  const { page, link } = await visitor('early@example.org');
  await page.goto(link);
  await agree(page);
  const again = await page.context().newPage();
  const asked = [];
  again.on('request', (request) => request.url().startsWith('http') && asked.push(request));
  let come;
  const heldUp = new Promise((done) => (come = done));
  await again.route((url) => /^\/assets\/visit[.-].*\.js$/.test(url.pathname), async (route) => {
    await heldUp;
    await route.continue();
  });
  const picture = again.waitForResponse((answer) => isPicture(new URL(answer.url()).pathname));
  await again.goto(link, { waitUntil: 'commit' });
  assert.equal((await picture).status(), 200);
  const before = asked.map(path);
  assert.ok(before.includes('/v1/ceremony'), before.join(', '));
  assert.ok(before.some((one) => /^\/assets\/en-.*\.js$/.test(one)), before.join(', '));
  assert.equal(await again.locator('#app > *').count(), 0, 'the page itself was held up');
  come();
  await again.locator('[data-page="1"] canvas.drawn').waitFor();
  const names = asked.map(path);
  assert.deepEqual(['/v1/ceremony', names.find(isPicture)].map((one) => names.filter((name) => name === one).length), [1, 1], 'each was asked for once');
  await page.context().close();
});

test('nothing on the page moves by itself while it opens', async () => {
  const { page, link } = await visitor('still@example.org');
  await page.addInitScript(() => {
    globalThis.moved = [];
    new PerformanceObserver((list) => globalThis.moved.push(...list.getEntries().map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.className)]))).observe({ type: 'layout-shift', buffered: true });
  });
  const still = async (where) => {
    // What has moved is told after the frame in which it did.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.deepEqual(await page.evaluate(() => globalThis.moved.filter(([value]) => value > 0.05)), [], where);
  };
  await page.goto(link);
  await step(page, 'disclosure').waitFor();
  await still('the link as it opens');
  await agree(page);
  await page.reload();
  await page.locator('[data-page="1"] canvas.drawn').waitFor();
  await page.locator('img.sight').waitFor({ state: 'detached' });
  await still('the document');
  await page.context().close();
});

test('whoever has not shown who they are gets no picture', async () => {
  const { page, asked, link } = await visitor('pin@example.org', {
    recipients: [{ name: 'Ada Lovelace', email: 'pin@example.org', authentication: [{ method: 'pin', pin: '135791' }] }],
  });
  await page.goto(link);
  await step(page, 'challenge-input').waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked.map(path).filter((one) => isPicture(one) || isPdfjs(one)), []);
  await page.context().close();
});
