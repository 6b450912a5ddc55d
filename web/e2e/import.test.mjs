/** Fields that documents bring along: hidden tags, our own ones, and the fields of a form, taken in the editor. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openDesk, over } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp } from './browser.mjs';
import { until } from './server.mjs';
import { test } from './walk.mjs';
import { FIRST_LINE, LINE, writtenPdf } from './written-pdf.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

const XODO = ['Lease', '[sig|req|signer1|Signature of the tenant]', '[text|nonreq|signer2|City]', '[sig|perhaps|signer1]'];
const OWN = ['Annex', '{{text:1 label="Place of birth"}}', 'Here{{initials:2}}there', '{{sinature:1}}'];

/** A draft whose three documents each bring fields along in their own way. */
async function draft() {
  const { json } = desk.server;
  const files = { xodo: writtenPdf(XODO), own: writtenPdf(OWN), form: writtenPdf(['Form'], { form: true }) };
  const documents = [];
  for (const [name, bytes] of Object.entries(files)) documents.push({ upload: (await json('POST', `/v1/uploads?filename=${name}.pdf`, bytes)).id, title: name });
  const { id } = await json('POST', '/v1/envelopes', {
    title: 'Three kinds of fields',
    documents,
    recipients: [{ name: 'Ada Lovelace', email: 'ada@example.org' }, { name: 'Grace Hopper', email: 'grace@example.org' }],
    fields: [],
  });
  return id;
}

const read = (id) => desk.server.json('GET', `/v1/envelopes/${id}`);
const saved = (id, count) => until(`${count} fields in the draft`, async () => ((await read(id)).fields.length === count ? read(id) : null));
/** Where a tag on this line begins, to the whole point: x, and the distance from the top of its line. */
const near = (field, line) => Math.abs(field.x - 72) < 1.5 && Math.abs(field.y - (FIRST_LINE + line * LINE - 9)) < 4;

for (const [shape, width] of [[DESKTOP, 1280], [PHONE, 390]]) {
  test(`tags of two kinds and the fields of a form are taken, with what is wrong and where (${width} pixels)`, async () => {
    const id = await draft();
    const page = await desk.atDesk(shape, `/envelopes/${id}/edit`);
    await page.locator('.sheet canvas.drawn').first().waitFor();
    const open = async (source) => {
      await page.getByRole('button', { name: 'Take fields from the document' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take fields from the documents' });
      await dialog.getByLabel('Take fields from').selectOption({ label: source });
      return dialog;
    };

    const xodo = await open('Hidden tags of Xodo Sign, [sig|req|signer1]');
    await xodo.getByText('2 fields can be taken').waitFor();
    await xodo.getByText('Signature of the tenant').first().waitFor();
    // What cannot be read is named with its text and its place, and keeps nothing else from being taken.
    const wrong = xodo.getByRole('listitem').filter({ hasText: '[sig|perhaps|signer1]' });
    await wrong.getByText(/page 1, 72 from the left and \d+ from the top/).waitFor();
    assert.equal(await xodo.getByLabel('“2” is').evaluate((one) => one.selectedOptions[0].textContent), 'Grace Hopper');
    await holdsUp(page, 'import-xodo');
    await xodo.getByRole('button', { name: 'Take them' }).click();
    await saved(id, 2);

    const own = await open('Tags like {{sig:1}}');
    await own.getByText('2 fields can be taken').waitFor();
    await own.getByRole('listitem').filter({ hasText: '{{sinature:1}}' }).waitFor();
    const inside = own.getByRole('listitem').filter({ hasText: 'A letter or a digit touches this tag.' });
    await inside.getByText('{{initials:2}}').waitFor();
    await inside.getByText(/page 1, \d+ from the left/).waitFor();
    await holdsUp(page, 'import-own');
    await own.getByRole('button', { name: 'Take them' }).click();
    await saved(id, 4);

    const form = await open('The form of the document');
    await form.getByText('4 fields can be taken').waitFor();
    await form.getByLabel('Who fills them in').selectOption({ label: 'Grace Hopper' });
    await form.getByText('City').first().waitFor();
    await holdsUp(page, 'import-form');
    await form.getByRole('button', { name: 'Take them' }).click();
    const { fields, groups } = await saved(id, 8);

    // All of them are there at once, each where its document has it.
    const [signature, city, birth, initials, ...ofForm] = fields;
    assert.deepEqual([signature, city, birth, initials].map(({ type, document, recipient, required }) => [type, document, recipient, required]), [
      ['signature', 1, 1, true],
      ['text', 1, 2, false],
      ['text', 2, 1, true],
      ['initials', 2, 2, true],
    ]);
    assert.ok(near(signature, 1) && near(city, 2) && near(birth, 1), JSON.stringify(fields.slice(0, 3)));
    assert.ok(initials.x > 90 && Math.abs(initials.y - (FIRST_LINE + 2 * LINE - 9)) < 4, 'it begins where its tag does, behind the word');
    assert.deepEqual(ofForm.map(({ type, document, recipient, form_field, form_option, x, y }) => [type, document, recipient, form_field, form_option ?? null, x, y]), [
      ['text', 3, 2, 'city', null, 72, 218],
      ['checkbox', 3, 2, 'member', null, 72, 266],
      ['radio', 3, 2, 'way', 'mail', 72, 306],
      ['radio', 3, 2, 'way', 'phone', 172, 306],
    ]);
    assert.deepEqual(ofForm.map(({ required }) => required), [true, false, false, false]);
    assert.deepEqual([ofForm[2].group, ofForm[3].group, groups.map(({ key, label }) => [key, label])], ['way', 'way', [['way', 'How shall we write?']]]);
    for (const [index, count] of [[1, 2], [2, 2], [3, 4]]) {
      await until(`${count} fields on document ${index}`, async () => (await page.locator(`.sheet[data-document="${index}"] [data-editor-field]`).count()) === count);
    }
    await holdsUp(page, 'import-all');

    // What was taken is not offered a second time.
    const again = await open('The form of the document');
    await again.getByText('Nothing was found that could be taken.').waitFor();
    await again.getByText('3 more are left out').waitFor();
    await again.getByRole('button', { name: 'Close' }).last().click();
    await over(page);
  });
}
