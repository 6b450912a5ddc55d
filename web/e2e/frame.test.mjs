import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, openBrowser, openPage, shot } from './browser.mjs';
import { freePort, startServer } from './server.mjs';
import { agree, fillEverything, finish, step } from './visit.mjs';

let server, browser, host, framed;
let origin;
before(async () => {
  server = await startServer();
  browser = await openBrowser(['--test-third-party-cookie-phaseout']);
  host = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><title>A site of somebody else</title><style>body{margin:0}iframe{border:0;width:100%;height:100vh;display:block}</style><iframe title="To sign" src="${framed}"></iframe>`);
  });
  const port = await freePort();
  await new Promise((done) => host.listen(port, done));
  // The server is at 127.0.0.1: another name is another site for the browser.
  origin = `http://localhost:${port}`;
});
after(async () => {
  await browser?.close();
  host?.closeAllConnections();
  host?.close();
  await server?.stop();
});

for (const [name, shape] of [['a phone', PHONE], ['a desktop', DESKTOP]]) {
  // Seed: consigno-cloud.txt:88
  // Seed: secured-signing.txt:472
  test(`the whole visit works in a frame of another site without third-party cookies, on ${name}`, async () => {
    const email = `framed-${shape.viewport.width}@example.org`;
    const { id } = await server.send({ recipients: [{ name: 'Ada Lovelace', email }], frame_origins: [origin] });
    framed = await server.linkFor(email);
    const page = await openPage(browser, shape);
    await page.goto(origin);
    const frame = page.frameLocator('iframe');
    await step(frame, 'disclosure-modal').waitFor();
    await agree(frame);
    await fillEverything(frame);
    await shot(page, 'framed');
    await finish(frame);
    await server.status(id, 'completed');
    const kept = await page.context().cookies(server.url);
    assert.deepEqual(kept, [], 'the visit needs no cookie and sets none');
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test('a site that was not named cannot show the visit in a frame', async () => {
  for (const frame_origins of [[], ['https://portal.example.org']]) {
    const email = `unnamed-${frame_origins.length}@example.org`;
    await server.send({ recipients: [{ name: 'Ada Lovelace', email }], frame_origins });
    framed = await server.linkFor(email);
    const answer = await fetch(framed);
    assert.match(answer.headers.get('content-security-policy'), frame_origins.length ? /frame-ancestors https:\/\/portal\.example\.org(;|$)/ : /frame-ancestors 'none'/);
    const page = await openPage(browser);
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(origin);
    await refused;
    assert.equal(await step(page.frameLocator('iframe'), 'disclosure-modal').count(), 0);
    await page.context().close();
  }
});
