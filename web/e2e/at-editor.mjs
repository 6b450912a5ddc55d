/** The workspace in which fields are placed, on a draft that a program made: what every walk there begins with. */
import { openDesk } from './at-desk.mjs';
import { DESKTOP } from './browser.mjs';
import { longContract } from './long-contract.mjs';
import { until } from './server.mjs';

export const FIVE = ['Ada Lovelace', 'Grace Hopper', 'Emmy Noether', 'Alan Turing', 'Mary Jackson'];
const person = (name, step) => ({ name, email: `${name.split(' ')[0].toLowerCase()}@example.org`, step });

/** A server and its owner's browser, with what is done there over and over. */
export async function openEditor() {
  const desk = await openDesk();
  const { server, atDesk } = desk;

  /** A draft of one document that is open in the editor. */
  async function atEditor({ shape = DESKTOP, bytes = longContract(3), people = FIVE.slice(0, 2), ...change } = {}) {
    const upload = await server.json('POST', '/v1/uploads?filename=contract.pdf', bytes);
    const draft = await server.json('POST', '/v1/envelopes', {
      title: 'Long contract',
      documents: [{ upload: upload.id, title: 'Contract' }],
      recipients: people.map((name, index) => person(name, index + 1)),
      fields: [],
      ...change,
    });
    const page = await atDesk(shape, `/envelopes/${draft.id}/edit`);
    await page.locator('.sheet canvas.drawn').first().waitFor();
    return { page, id: draft.id };
  }

  const fieldsOf = async (id) => (await server.json('GET', `/v1/envelopes/${id}`)).fields;
  const saved = (id, count) => until(`${count} fields in the draft`, async () => (await fieldsOf(id)).length === count && (await fieldsOf(id)));
  return { ...desk, atEditor, fieldsOf, saved };
}

export const chosen = (page) => page.locator('[data-editor-field][aria-pressed="true"]');
export const inspector = (page) => page.getByRole('complementary', { name: 'The chosen field' });

/** Sees to it that no more pages exist than may, whatever is done meanwhile. */
export async function watchPages(page) {
  await page.evaluate(() => {
    globalThis.mostPages = 0;
    const count = () => (globalThis.mostPages = Math.max(globalThis.mostPages, document.querySelectorAll('.sheet[data-page]').length));
    new MutationObserver(count).observe(document.querySelector('[data-board]'), { childList: true, subtree: true });
    count();
  });
  return () => page.evaluate(() => globalThis.mostPages);
}

/** Waits until so many frames were drawn. */
export const frames = (page, count) =>
  page.evaluate(async (most) => {
    for (let at = 0; at < most; at += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  }, count);
