/** Programs of others that read what was filled in a browser: pyHanko, pypdf and Poppler. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from './server.mjs';

const run = promisify(execFile);
const PYTHON = process.env.COUNTERSIGN_PYTHON;
const VALUES = `
import json, sys, pypdf
fields = pypdf.PdfReader(sys.argv[1]).get_fields() or {}
print(json.dumps({name: str(field.get('/V', '')) for name, field in fields.items() if field.get('/FT') != '/Sig'}))`;

/** Lays a finished document where other programs can read it, and takes it away again. */
export async function laid(server, id, look) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-judged-'));
  const lay = async (name, path) => {
    const file = join(folder, name);
    await writeFile(file, Buffer.from(await (await server.call('GET', path)).arrayBuffer()));
    return file;
  };
  try {
    await look({ file: await lay('signed.pdf', `/v1/envelopes/${id}/documents/1`), root: await lay('ca.pem', '/pki/ca.pem') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** pyHanko finds so many signatures, each whole, trusted, and followed by nothing but what it allows. */
export async function pyhankoAccepts({ file, root }, signatures, t) {
  if (!PYTHON) return t.diagnostic('pyHanko was not asked: COUNTERSIGN_PYTHON does not name a Python that has it');
  const judge = run(PYTHON, [join(REPOSITORY, 'crates/testkit/python/validate.py')]);
  judge.child.stdin.end(`${JSON.stringify({ path: file, trust: [root], at: null, strict: true })}\n`);
  const found = JSON.parse((await judge).stdout).signatures;
  assert.equal(found?.length, signatures);
  for (const one of found) {
    for (const key of ['intact', 'valid', 'trusted', 'bottom_line', 'docmdp_ok']) assert.equal(one[key], true, `${key}: ${JSON.stringify(one)}`);
    assert.ok(['NONE', 'LTA_UPDATES', 'FORM_FILLING'].includes(one.modification_level), one.modification_level);
  }
}

/** The values of the form, as pypdf reads them; none where there is no Python. */
export async function readByPypdf({ file }, t) {
  if (PYTHON) return JSON.parse((await run(PYTHON, ['-c', VALUES, file])).stdout);
  t.diagnostic('pypdf was not asked: COUNTERSIGN_PYTHON does not name a Python that has it');
  return null;
}

/** The pages as Poppler draws them: how much of a box, in points of its page, is dark: the word that marks a test is lighter. */
export async function drawn({ file }) {
  const pictures = join(file, '..', 'page');
  await run('pdftoppm', ['-gray', '-r', '72', file, pictures]);
  const pages = new Map();
  return async (page, { x, y, width, height }) => {
    if (!pages.has(page)) pages.set(page, graymap(await readFile(`${pictures}-${page}.pgm`)));
    const { across, down, at } = pages.get(page);
    let inked = 0;
    for (let row = Math.max(0, Math.round(y)); row < Math.min(down, Math.round(y + height)); row += 1)
      for (let column = Math.max(0, Math.round(x)); column < Math.min(across, Math.round(x + width)); column += 1) inked += at(column, row) < 128 ? 1 : 0;
    return inked;
  };
}

/** A picture as `P5` has it: width, height, the brightest grey, and a byte for each point. */
function graymap(bytes) {
  const [head, across, down] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  return { across: Number(across), down: Number(down), at: (column, row) => bytes[head.length + row * Number(across) + column] };
}
