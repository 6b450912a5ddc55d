/**
 * Figures of the pages in a browser: COUNTERSIGN_BIN=BINARY node bench/pages/pages.mjs [drag|first-page|lighthouse]...
 *
 * Each figure is the median of five (PAGE_RUNS). What cannot run says so; nothing is left out silently. No other signing
 * server can be had from the package registries alone, so the peers are pdf.js by itself and a page with nothing on it.
 */
import { openBrowser } from '../../web/e2e/browser.mjs';
import { longContract } from '../../web/e2e/long-contract.mjs';
import { startServer } from '../../web/e2e/server.mjs';
import { drag } from './drag.mjs';
import { firstPage } from './first-page.mjs';
import { judged } from './judged.mjs';

async function documents(server) {
  const upload = await server.json('POST', '/v1/uploads?filename=long.pdf', longContract(500));
  const sign = { type: 'signature', document: 1, page: 1, x: 72, y: 600, width: 180, height: 50, recipient: 1 };
  return [['three pages', {}], ['500 pages', { documents: [{ upload: upload.id, title: 'Long contract' }], fields: [sign] }]];
}

const PARTS = {
  drag,
  'first-page': async (server, browser) => firstPage(server, browser, await documents(server)),
  lighthouse: judged,
};

const server = await startServer();
const browser = await openBrowser();
try {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length ? wanted : Object.keys(PARTS)) {
    await PARTS[name](server, browser).catch((error) => console.log(`\nnot measured: ${name}: ${error.message}`));
  }
} finally {
  await browser.close();
  await server.stop();
}
