/** What a template is used with beside its people: values of its fields, and what is wrong with one, at its input. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openDesk, over } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp } from './browser.mjs';
import { contract } from './contract.mjs';
import { test } from './walk.mjs';

let desk, template;
before(async () => {
  desk = await openDesk();
  const page = await desk.atDesk(DESKTOP, '/');
  template = await leaseTemplate(page);
  await page.context().close();
});
after(() => desk?.close());

const HEADERS = { 'X-Countersign-Desk': '1' };
const read = async (page, path) => (await page.request.get(`${desk.server.url}${path}`)).json();

/** A lease whose rent comes with each use, with more fields that can be filled beforehand. */
async function leaseTemplate(page) {
  const upload = await page.request.post(`${desk.server.url}/v1/uploads?filename=lease.pdf`, { headers: HEADERS, data: Buffer.from(contract()) });
  const at = (type, id, y, more) => ({ type, id, document: 1, page: 1, x: 72, y, width: 160, height: 24, recipient: 1, ...more });
  const made = await page.request.post(`${desk.server.url}/v1/templates`, {
    headers: HEADERS,
    data: {
      name: 'Lease',
      draft: {
        title: 'Lease of the boathouse',
        documents: [{ upload: (await upload.json()).id }],
        recipients: [{ placeholder: 'Tenant', name: '', email: '' }],
        groups: [{ key: 'pets', label: 'Is there a dog?' }],
        fields: [
          at('number', 'rent-1', 120, { label: 'Rent', merge_key: 'rent', read_only: true, check: { min: '1', max: '5000' } }),
          at('free_text', 'words', 160, { recipient: 0, label: 'Whose boathouse', merge_key: 'whose' }),
          at('dropdown', 'country', 200, { label: 'Country', choices: { list: 'country_names' } }),
          at('text', 'a-b', 240, { label: 'Reference', check: { pattern: '[A-Z]{2}-[0-9]{4}', message: 'The reference looks like AB-1234.' } }),
          at('checkbox', 'seen', 280, { label: 'The boathouse was seen', width: 18, height: 18 }),
          at('radio', 'dog', 320, { label: 'With a dog', group: 'pets', width: 18, height: 18 }),
          at('radio', 'no-dog', 350, { label: 'Without a dog', group: 'pets', width: 18, height: 18 }),
          at('signature', 'sign', 400, { height: 50 }),
        ],
      },
    },
  });
  assert.equal(made.status(), 201, await made.text());
  return (await made.json()).id;
}

for (const [shape, width] of [[PHONE, 390], [DESKTOP, 1280]]) {
  test(`a template is filled in beforehand, and what is wrong stands at its input (${width} pixels)`, async () => {
    const page = await desk.atDesk(shape, `/templates/${template}`);
    await page.getByLabel('Name', { exact: true }).fill('Grace Hopper');
    await page.getByLabel('E-mail address').fill(`grace-${width}@example.org`);
    const rent = page.getByLabel('Rent', { exact: true });
    await rent.fill('9000');
    await page.getByLabel('Whose boathouse').fill('The harbour of Lower Quay');
    await page.getByText('4 more fields that you can fill in beforehand').click();
    await page.getByLabel('Reference').fill('nonsense');
    await page.getByLabel('Country').selectOption('France');
    await page.getByLabel('The boathouse was seen').check();
    await page.getByRole('group', { name: 'Is there a dog?' }).getByLabel('Without a dog').check();
    await holdsUp(page, 'template-values');

    // Folded away or not: what is wrong comes into sight, at its place, and is where the focus goes.
    await page.getByText('4 more fields that you can fill in beforehand').click();
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByText('The reference looks like AB-1234.').waitFor();
    assert.equal(await page.getByLabel('Reference').getAttribute('aria-invalid'), 'true');
    assert.equal(await rent.getAttribute('aria-invalid'), 'true');
    assert.equal(await rent.evaluate((one) => one === document.activeElement), true, 'the first wrong value has the focus');
    const told = (await rent.getAttribute('aria-describedby')).split(' ').map((id) => `[id="${id}"]`);
    assert.match((await page.locator(told.join(',')).allTextContents()).join(' '), /5000/);
    assert.equal(await page.getByLabel('Country').getAttribute('aria-invalid'), null);
    await holdsUp(page, 'template-values-refused');

    await rent.fill('950.50');
    await page.getByLabel('Reference').fill('AB-1234');
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    const sent = await read(page, `/v1/envelopes/${/\/envelopes\/([^/]+)/.exec(page.url())[1]}`);
    assert.equal(sent.status, 'in_progress');
    const values = Object.fromEntries(sent.fields.map(({ id, value }) => [id, value]));
    const wanted = { 'rent-1': '950.50', words: 'The harbour of Lower Quay', country: 'France', 'a-b': 'AB-1234', seen: 'true', 'no-dog': 'true' };
    for (const [id, value] of Object.entries(wanted)) assert.equal(values[id], value, id);
    assert.notEqual(values.dog, 'true', 'one of the buttons is chosen');
    await over(page);
  });
}
