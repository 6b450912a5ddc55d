/** Several documents at the desk: their order and names, who sees which, all as one, and what becomes of a tag's text. */
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before } from 'node:test';
import { openDesk, over } from './at-desk.mjs';
import { DESKTOP, PHONE, cutOff, holdsUp, openPage } from './browser.mjs';
import { isBlank, namesInZip, wordsIn } from './pdf-reader.mjs';
import { until } from './server.mjs';
import { adopt, agree, finish } from './visit.mjs';
import { test } from './walk.mjs';
import { FIRST_LINE, writtenPdf } from './written-pdf.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

const file = (name, ...lines) => ({ name: `${name}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(writtenPdf(lines)) });
const RULES = file('rules', 'The rules of the house');
const SALARY = file('salary', 'What Ada is paid');

const read = (id) => desk.server.json('GET', `/v1/envelopes/${id}`);
const bytesOf = async (path) => Buffer.from(await (await desk.server.call('GET', path)).arrayBuffer());
const idIn = (page) => /\/envelopes\/([^/]+)\/edit/.exec(page.url())?.[1];
/** Once the draft on the server is like this. */
const kept = (page, what, is) =>
  until(what, async () => {
    const draft = idIn(page) && (await read(idIn(page)));
    return draft && is(draft) && draft;
  });

/** A test of these files for Ada and Grace. */
async function begun(shape, files, width) {
  const page = await desk.atDesk(shape, '/new');
  await page.getByLabel('This is a test').check();
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByLabel('Name of the document').nth(files.length - 1).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('E-mail address').fill(`ada-${width}@example.org`);
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name', { exact: true }).last().fill('Grace Hopper');
  await page.getByLabel('E-mail address').last().fill(`grace-${width}@example.org`);
  return page;
}

async function place(page, document, kind, down, whose) {
  if (whose) await page.getByLabel('Fields for').selectOption({ label: whose });
  await page.getByRole('group', { name: 'Kinds of field' }).getByRole('button', { name: kind, exact: true }).click();
  const sheet = page.locator(`.sheet[data-document="${document}"][data-page="1"]`);
  await sheet.scrollIntoViewIfNeeded();
  const surface = sheet.locator('.surface');
  const scale = (await surface.boundingBox()).width / 595;
  await surface.click({ position: { x: 200 * scale, y: down * scale } });
}

/** Signs in all places, and says which documents the page showed. */
async function signedBy(shape, email) {
  const page = await openPage(desk.browser, shape);
  await page.goto(await desk.server.linkFor(email));
  await agree(page);
  const documents = await page.locator('[data-sheet]').evaluateAll((all) => [...new Set(all.map((one) => one.dataset.document))]);
  const words = await page.locator('body').innerText();
  await page.getByRole('button', { name: 'Sign here' }).first().click();
  await adopt(page);
  await finish(page);
  await page.context().close();
  return { documents, words };
}

for (const [shape, width] of [[DESKTOP, 1280], [PHONE, 390]]) {
  test(`two documents are put in order and renamed, and of the one that she does not see Grace gets nothing (${width} pixels)`, async () => {
    const page = await begun(shape, [SALARY, RULES], width);
    await page.getByRole('button', { name: 'Move rules up' }).click();
    const names = page.getByLabel('Name of the document');
    await names.first().fill('Rules of the house');
    await names.last().fill('Salary of Ada');
    const card = page.getByRole('region', { name: 'Who sees which document' });
    await card.getByRole('group', { name: 'Salary of Ada' }).getByLabel('Grace Hopper').uncheck();
    await card.getByText('Everybody sees the title of the request: “salary”.').waitFor();
    await page.getByLabel('Title of the request').fill('Papers of the house');
    await page.getByText('Documents that different people see cannot become one.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Combine into one' }).isDisabled(), true);
    await card.scrollIntoViewIfNeeded();
    await holdsUp(page, 'documents-who-sees');
    assert.deepEqual(await cutOff(page), []);
    await kept(page, 'the order, the names and who sees what', ({ documents }) =>
      documents.map(({ title, visible_to }) => `${title}: ${visible_to ?? 'all'}`).join() === 'Rules of the house: all,Salary of Ada: 1',
    );

    await page.getByRole('button', { name: 'Next: where they sign' }).click();
    await page.locator('.surface').first().waitFor();
    await place(page, 1, 'Signature', 300);
    await place(page, 2, 'Signature', 300);
    // In what somebody does not see nothing can be asked of them.
    await place(page, 1, 'Signature', 500, 'Grace Hopper');
    const draft = await kept(page, 'three places', ({ fields }) => fields.length === 3);
    assert.deepEqual(draft.fields.map(({ document, recipient }) => [document, recipient]), [[1, 1], [2, 1], [1, 2]]);
    await page.getByRole('button', { name: 'Next: check and send' }).click();
    await page.getByRole('heading', { name: 'What will be sent' }).waitFor();
    await holdsUp(page, 'documents-review');
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();

    const ada = await signedBy(shape, `ada-${width}@example.org`);
    assert.deepEqual(ada.documents, ['1', '2']);
    const grace = await signedBy(shape, `grace-${width}@example.org`);
    assert.deepEqual(grace.documents, ['1']);
    assert.doesNotMatch(grace.words, /salary/i);
    await desk.server.status(draft.id, 'completed');

    const got = await openPage(desk.browser, shape);
    for (const [email, theirs] of [[`ada-${width}@example.org`, ['Rules of the house', 'Salary of Ada']], [`grace-${width}@example.org`, ['Rules of the house']]]) {
      await got.goto(await desk.server.linkFor(email, /Signed by everyone/));
      await got.getByRole('heading', { name: 'Signed by everyone' }).waitFor();
      assert.equal(await got.getByRole('button', { name: 'Salary of Ada' }).count(), theirs.length - 1);
      // The record comes a moment later, and makes several files of one.
      const zip = got.getByRole('button', { name: 'Everything in one file (zip)' });
      if (theirs.length > 1) {
        const [saved] = await Promise.all([got.waitForEvent('download'), zip.click()]);
        const inside = await namesInZip(await buffer(await saved.createReadStream()));
        assert.deepEqual(inside.filter((name) => !/audit trail/.test(name)), theirs.map((name) => `${name}.pdf`));
      }
      await holdsUp(got, `documents-download-of-${theirs.length}`);
    }
    await over(got);
    await over(page);
  });

  test(`two documents become one at the desk, and their fields stay where they stood (${width} pixels)`, async () => {
    const page = await begun(shape, [RULES, SALARY], `one-${width}`);
    await page.getByRole('button', { name: 'Next: where they sign' }).click();
    await page.locator('.surface').first().waitFor();
    await place(page, 1, 'Signature', 300);
    await place(page, 2, 'Signature', 400, 'Grace Hopper');
    const apart = await kept(page, 'two places', ({ fields }) => fields.length === 2);
    await page.getByRole('button', { name: 'Who and what' }).click();
    await page.getByRole('button', { name: 'Combine into one' }).click();
    await until('one document', async () => (await page.getByLabel('Name of the document').count()) === 1);
    await page.getByText('2 pages').waitFor();
    await holdsUp(page, 'documents-combined');
    const one = await kept(page, 'one document in the draft', ({ documents }) => documents.length === 1);
    const stand = ({ fields }) => fields.map(({ recipient, x, y }) => [recipient, x, y]);
    assert.deepEqual(stand(one), stand(apart));
    assert.deepEqual(one.fields.map(({ document, page: on }) => [document, on]), [[1, 1], [1, 2]]);
    const words = await wordsIn(await bytesOf(`/v1/uploads/${one.documents[0].upload}/content`));
    assert.match(words, /The rules of the house[^]*What Ada is paid/);
    await over(page);
  });
}

const TAG = { x: 108, y: FIRST_LINE - 10, width: 92, height: 13 };

for (const [shape, width] of [[DESKTOP, 1280], [PHONE, 390]]) {
  test(`the text of a tag stays, is covered or is taken out, as was chosen (${width} pixels)`, async () => {
    for (const [choice, isRead, isSeen] of [['Leave it as it is', true, true], ['Cover it in white', true, false], ['Take it out of the page', false, false]]) {
      const upload = await desk.server.json('POST', '/v1/uploads?filename=lease.pdf', writtenPdf(['Here: {{text:1 label="City"}} and on', 'The next line.']));
      const { id } = await desk.server.json('POST', '/v1/envelopes', {
        title: 'Lease',
        documents: [{ upload: upload.id, title: 'Lease' }],
        recipients: [{ name: 'Ada Lovelace', email: 'ada-tag@example.org' }],
        fields: [],
      });
      const page = await desk.atDesk(shape, `/envelopes/${id}/edit`);
      await page.locator('.sheet canvas.drawn').first().waitFor();
      await page.getByRole('button', { name: 'Take fields from the document' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take fields from the documents' });
      await dialog.getByLabel('Take fields from').selectOption({ label: 'Tags like {{sig:1}}' });
      await dialog.getByLabel('Text of the tags').selectOption({ label: choice });
      await dialog.getByText('1 field can be taken').waitFor();
      if (!isRead) await holdsUp(page, 'documents-tag-removed');
      await dialog.getByRole('button', { name: 'Take them' }).click();
      await until('the field', async () => (await read(id)).fields.length === 1);
      await place(page, 1, 'Signature', 500);
      await until('the signature', async () => (await read(id)).fields.length === 2);
      await page.getByRole('button', { name: 'Next: check and send' }).click();
      await page.getByRole('button', { name: 'Send now' }).click();
      await page.getByRole('heading', { name: 'What happened' }).waitFor();

      const sent = await bytesOf(`/v1/envelopes/${id}/documents/1`);
      const words = await wordsIn(sent);
      assert.equal(words.includes('{{text:1 label="City"}}'), isRead, `${choice}: ${words}`);
      assert.match(words, /Here:[^]*and on[^]*The next line\./);
      assert.equal(await isBlank(sent, TAG), !isSeen, choice);
      // The words around it are seen as before.
      assert.equal(await isBlank(sent, { ...TAG, x: 72, width: 28 }), false, choice);
      await over(page);
    }
  });
}
