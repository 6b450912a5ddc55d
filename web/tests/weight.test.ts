import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const KILOBYTE = 1000;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

let chunks: Record<string, Chunk>;
beforeAll(() => {
  if (!existsSync(new URL('assets.json', dist))) throw new Error('The pages are not built; run scripts/build-web.sh first.');
  chunks = JSON.parse(readFileSync(new URL('assets.json', dist), 'utf8')) as Record<string, Chunk>;
});

const isPdfjs = (name: string) => name.includes('pdfjs-dist');
const isLanguage = (name: string) => /\/locales\//.test(name);

/** Everything that a chunk can come to need, pdf.js apart. */
function reached(from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from) || isPdfjs(from)) return seen;
  seen.add(from);
  const chunk = chunks[from];
  for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) reached(next, seen);
  return seen;
}

const weight = (name: string) => gzipSync(readFileSync(new URL(chunks[name]!.file, dist)), { level: 9 }).length;

test('the scripts of the signer’s page weigh 150 kB at most, compressed, beside pdf.js', () => {
  const scripts = [...reached('sign.html')].filter((name) => chunks[name]?.file.endsWith('.js'));
  // Of the languages a person loads one; the heaviest is counted.
  const languages = scripts.filter(isLanguage).map(weight);
  const others = scripts.filter((name) => !isLanguage(name)).map(weight);
  expect(languages.length).toBeGreaterThan(1);
  const total = others.reduce((sum, bytes) => sum + bytes, 0) + Math.max(...languages);
  expect(total, `${scripts.length} files`).toBeLessThanOrEqual(150 * KILOBYTE);
  // It is the page that was weighed, and no empty shell of it.
  expect(total).toBeGreaterThan(30 * KILOBYTE);
});

test('pdf.js is no part of what the signer’s page loads at first', () => {
  expect(Object.keys(chunks).some(isPdfjs)).toBe(true);
  const first = new Set<string>();
  const follow = (name: string) => {
    if (first.has(name)) return;
    first.add(name);
    for (const next of chunks[name]?.imports ?? []) follow(next);
  };
  follow('sign.html');
  expect([...first].filter(isPdfjs)).toEqual([]);
});
