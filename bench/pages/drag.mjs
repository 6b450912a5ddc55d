/**
 * Frames while a field is dragged in the editor, on a contract of 500 pages with 200 fields for five people; beside them
 * the same movement of one box on an empty page, which is what the browser and this machine take by themselves.
 */
import { openPage } from '../../web/e2e/browser.mjs';
import { longContract } from '../../web/e2e/long-contract.mjs';
import { at, line, middle, times } from './figures.mjs';

const MOVES = 120;
const PEOPLE = ['Ada', 'Grace', 'Emmy', 'Alan', 'Mary'];

const EMPTY = `<!doctype html><title>One box</title><body style="margin:0;height:100vh">
<div id="box" style="position:absolute;left:100px;top:100px;width:120px;height:20px;background:#ccd"></div>
<script>let held = false; box.onpointerdown = () => (held = true); onpointerup = () => (held = false);
onpointermove = (event) => held && (box.style.transform = 'translate(' + event.clientX + 'px,' + event.clientY + 'px)');</script>`;

/** Drags from a point, a move a frame; @returns the time of each frame and what the page itself worked for each move, ms. */
async function dragged(page, from) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const worked = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.evaluate(() => {
    globalThis.frames = [];
    const frame = (now) => globalThis.frames && (globalThis.frames.push(now), requestAnimationFrame(frame));
    requestAnimationFrame(frame);
  });
  const before = await worked();
  for (let step = 1; step <= MOVES; step += 1) await page.mouse.move(from.x + 8 + step * 2, from.y + 8 + step);
  const each = ((await worked()) - before) * 1000 / MOVES;
  const drawn = await page.evaluate(() => {
    const all = globalThis.frames;
    globalThis.frames = null;
    return all;
  });
  await page.mouse.up();
  await devtools.detach();
  const took = drawn.slice(1).map((now, index) => now - drawn[index]);
  return { middle: middle(took), slow: at(took, 0.95), each };
}

/** A draft of 500 pages with 40 fields for each of five people, some of them on the first page. */
async function draft(server) {
  const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', longContract(500));
  const fields = Array.from({ length: 200 }, (_, index) => ({
    type: 'text', page: index < 20 ? 1 : (index % 40) * 12 + 1, x: 20 + (index % 4) * 140, y: 60 + Math.floor((index % 20) / 4) * 120, width: 120, height: 20, recipient: (index % 5) + 1,
  }));
  const recipients = PEOPLE.map((name, index) => ({ name, email: `${name.toLowerCase()}@example.org`, step: index + 1 }));
  return server.json('POST', '/v1/envelopes', { title: 'Long contract', documents: [{ upload: upload.id, title: 'Contract' }], recipients, fields });
}

/** Somebody signed in, as the desk keeps it. */
async function signedIn(server, browser) {
  const page = await openPage(browser);
  await page.goto(server.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  const storageState = await page.context().storageState();
  await page.context().close();
  return storageState;
}

export async function drag(server, browser) {
  const { id } = await draft(server);
  const storageState = await signedIn(server, browser);
  const runs = await times(async () => {
    const page = await openPage(browser, undefined, { storageState });
    await page.goto(`${server.url}/envelopes/${id}/edit`);
    await page.locator('.sheet canvas.drawn').first().waitFor();
    const box = await page.locator('.sheet[data-page="1"] [data-editor-field]').nth(5).boundingBox();
    const ours = await dragged(page, { x: box.x + 30, y: box.y + 8 });
    await page.context().close();
    const bare = await openPage(browser);
    await bare.setContent(EMPTY);
    const limit = await dragged(bare, { x: 130, y: 108 });
    await bare.context().close();
    return { ours, limit };
  });
  console.log(`\na field is dragged in the editor: 500 pages, 200 fields, five people; ${MOVES} moves a drag`);
  for (const [name, whose] of [['editor', 'ours'], ['limit, one box on an empty page', 'limit']]) {
    line(`${name}: a frame, median`, runs.map((run) => run[whose].middle), 'ms', 1);
    line(`${name}: a frame, slowest of 20`, runs.map((run) => run[whose].slow), 'ms', 1);
    line(`${name}: work of the page for a move`, runs.map((run) => run[whose].each), 'ms', 2);
  }
}
