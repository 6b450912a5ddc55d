/**
 * How long a signer on a phone waits for the first page: until they can agree, until the page's picture can be read, and
 * until pdf.js has drawn the same page. What a person takes to agree is not in it. Each time a browser context with nothing
 * in its cache; beside the times, what was asked for and how many bytes came before the picture.
 */
import { PHONE, openPage } from '../../web/e2e/browser.mjs';
import { step } from '../../web/e2e/visit.mjs';
import { line, times } from './figures.mjs';

/** Looks from inside the page, at each frame: asking from outside would be in the figures. */
function watch() {
  const seen = (globalThis.seen = {});
  const note = (name, is) => is && (seen[name] ??= performance.now());
  addEventListener('click', (event) => note('agreed', event.target.closest('[data-ceremony-step="disclosure-continue"]')), true);
  const look = () => {
    const sight = document.querySelector('[data-page="1"] img.sight');
    note('agreeable', document.querySelector('[data-ceremony-step="disclosure"]'));
    note('picture', sight?.complete && sight.naturalWidth > 0);
    note('drawn', document.querySelector('[data-page="1"] canvas.drawn'));
    if (!seen.drawn) requestAnimationFrame(look);
  };
  look();
}

async function visited(server, browser, email, change) {
  await server.send({ recipients: [{ name: 'Ada Lovelace', email }], ...change });
  const link = await server.linkFor(email);
  const page = await openPage(browser, PHONE);
  await page.addInitScript(watch);
  const asked = [];
  page.on('request', (request) => request.url().startsWith('http') && asked.push(request));
  await page.goto(link, { waitUntil: 'commit' });
  await step(page, 'disclosure').check();
  await step(page, 'disclosure-continue').click();
  await page.waitForFunction(() => globalThis.seen.drawn);
  const { agreeable, agreed, picture = Infinity, drawn } = await page.evaluate(() => globalThis.seen);
  const last = asked.findIndex((request) => /\/pages\/\d+\.png$/.test(new URL(request.url()).pathname));
  const before = asked.slice(0, last + 1);
  const sizes = await Promise.all(before.map(async (request) => (await request.sizes()).responseBodySize));
  await page.context().close();
  const from = agreeable - agreed;
  return { agreeable, readable: from + Math.min(picture, drawn), byPdfjs: from + drawn, requests: before.length, bytes: sizes.reduce((sum, one) => sum + one, 0) };
}

export async function firstPage(server, browser, documents) {
  for (const [name, change] of documents) {
    const runs = await times((run) => visited(server, browser, `sight-${name.replace(/\W/g, '')}-${run}@example.org`, change));
    console.log(`\nthe first page on a phone, nothing in the cache, no slow line: ${name}`);
    line('until one can agree', runs.map((run) => run.agreeable), 'ms');
    line('until the first page can be read (its picture)', runs.map((run) => run.readable), 'ms');
    line('peer: until pdf.js, in the same page, has drawn it', runs.map((run) => run.byPdfjs), 'ms');
    line('asked for until the picture', runs.map((run) => run.requests), 'requests');
    line('came until the picture', runs.map((run) => run.bytes / 1000), 'kB', 1);
  }
}
