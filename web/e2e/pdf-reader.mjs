/** What others read in a PDF and a zip: poppler its words and its picture, Info-ZIP the names. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function withFile(bytes, read) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-read-'));
  try {
    const file = join(folder, 'file');
    await writeFile(file, bytes);
    return await read(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the words of all pages. */
export const wordsIn = (bytes) => withFile(bytes, async (file) => (await run('pdftotext', ['-layout', file, '-'])).stdout);

/** @returns the names of the files in a zip, in order. */
export const namesInZip = (bytes) => withFile(bytes, async (file) => (await run('unzip', ['-Z1', file])).stdout.trim().split('\n').sort());

/** @returns whether everything in this place of the first page is drawn white; in points from its top left corner. */
export function isBlank(bytes, { x, y, width, height }) {
  return withFile(bytes, async (file) => {
    const place = ['-x', x, '-y', y, '-W', width, '-H', height].map(String);
    const { stdout } = await run('pdftoppm', ['-r', '72', '-f', '1', '-singlefile', ...place, file], { encoding: 'buffer' });
    const head = /^P6\s+\d+\s+\d+\s+\d+\s/.exec(stdout.toString('latin1', 0, 40))[0].length;
    return stdout.subarray(head).every((part) => part === 255);
  });
}
