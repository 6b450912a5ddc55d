import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { openDesk, over } from './at-desk.mjs';
import { DESKTOP, PHONE, holdsUp, openPage } from './browser.mjs';
import { contract } from './contract.mjs';
import { oneOfEach } from './server.mjs';
import { agree, fillEverything, finish } from './visit.mjs';
import { test } from './walk.mjs';

let desk, envelope, link, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-saved-'));
  desk = await openDesk();
  const { server, browser } = desk;
  const [first, second] = await Promise.all([1, 2].map(() => server.json('POST', '/v1/uploads?filename=contract.pdf', contract())));
  const documents = [{ upload: first.id, title: 'Lease' }, { upload: second.id, title: 'Lease' }];
  envelope = await server.send({ documents });
  await server.send({ title: 'Another one', recipients: [{ name: 'Ben', email: 'ben@example.org' }], fields: oneOfEach(1) });
  const page = await openPage(browser, PHONE);
  await page.goto(await server.linkFor('ada@example.org'));
  await agree(page);
  await fillEverything(page, '=1+1');
  await finish(page);
  await page.context().close();
  await server.status(envelope.id, 'completed');
  link = await server.linkFor('ada@example.org', /Signed by everyone/);
});
after(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

async function saved(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  const name = file.suggestedFilename();
  const path = join(folder, name);
  await file.saveAs(path);
  return { name, path };
}

/** Names of the files in a zip, each of which has to be whole. */
const unzipped = (path) =>
  execFileSync('python3', ['-c', 'import sys, zipfile\nfile = zipfile.ZipFile(sys.argv[1])\nassert file.testzip() is None\nprint("\\n".join(sorted(file.namelist())))', path])
    .toString().trim().split('\n');

for (const [shape, on] of [[PHONE, 'a phone'], [DESKTOP, 'a desktop']]) {
  test(`everything and the values are saved from a document's page, on ${on}`, async () => {
    const page = await desk.atDesk(shape, `/envelopes/${envelope.id}`);
    const zip = await saved(page, () => page.getByRole('button', { name: 'Download everything (zip)' }).click());
    assert.equal(zip.name, 'Lease of the boathouse.zip');
    const names = unzipped(zip.path);
    for (const name of ['Lease.pdf', 'Lease (2).pdf', 'evidence.json']) assert.ok(names.includes(name), `${name} in ${names}`);
    for (const [choice, ending] of [['CSV', 'csv'], ['Excel (XLSX)', 'xlsx'], ['JSON', 'json'], ['XML', 'xml']]) {
      await page.getByRole('button', { name: /^Values/ }).click();
      if (choice === 'CSV') await holdsUp(page, 'values-menu');
      const file = await saved(page, () => page.getByRole('button', { name: choice, exact: true }).click());
      assert.equal(file.name, `Lease of the boathouse - Values.${ending}`);
      if (ending !== 'csv') continue;
      const text = execFileSync('python3', ['-c', 'import csv, sys\nprint(list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))[0]["Place of birth - recipient 1"])', file.path]);
      assert.equal(text.toString().trim(), "'=1+1");
    }
    await over(page);
  });

  test(`the values of what a list shows are saved, on ${on}`, async () => {
    const page = await desk.atDesk(shape, '/');
    // What a test key made is listed among the tests.
    await page.evaluate(() => sessionStorage.setItem('countersign.test', '1'));
    await page.reload();
    const of = async () => {
      await page.getByRole('button', { name: /^Export values/ }).click();
      const { path } = await saved(page, () => page.getByRole('button', { name: 'JSON', exact: true }).click());
      return JSON.parse(await readFile(path, 'utf8')).items.map(({ title }) => title).sort();
    };
    await page.getByRole('link', { name: /boathouse/ }).waitFor();
    assert.deepEqual(await of(), ['Another one', 'Lease of the boathouse']);
    await page.getByLabel('Status').selectOption('completed');
    await page.getByRole('link', { name: /Another one/ }).waitFor({ state: 'detached' });
    assert.deepEqual(await of(), ['Lease of the boathouse']);
    await page.getByRole('button', { name: /^Export values/ }).click();
    await holdsUp(page, 'export-menu');
    await over(page);
  });

  test(`who signed saves everything in one file, on ${on}`, async () => {
    const page = await openPage(desk.browser, shape);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Signed by everyone' }).waitFor();
    const zip = await saved(page, () => page.getByRole('button', { name: 'Everything in one file (zip)' }).click());
    assert.equal(zip.name, 'Lease of the boathouse.zip');
    const names = unzipped(zip.path);
    assert.ok(names.includes('Lease.pdf') && names.includes('Lease (2).pdf') && !names.includes('evidence.json'), String(names));
    await holdsUp(page, 'download-several');
    await over(page);
  });
}
