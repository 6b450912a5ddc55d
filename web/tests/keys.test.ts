import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../src/', import.meta.url);
const english = Object.keys(JSON.parse(readFileSync(new URL('locales/en.json', source), 'utf8')) as object);
const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file))
  .map((file) => readFileSync(new URL(file, source), 'utf8'))
  .join('\n');

test('every message is used somewhere', () => {
  // Keys made at run time: `desk.field.${type}`, tCode('trouble', code), tn('bar.left', n).
  const beginnings = [...text.matchAll(/[`'"]([a-z_.]+[._])\$\{/g)].map((match) => match[1]!);
  const prefixes = [...text.matchAll(/tCode\('([a-z_.]+)'/g)].map((match) => `${match[1]}.`);
  const made = [...new Set([...beginnings, ...prefixes, 'adopt.missing_', 'adopt.image_'])];
  const unused = english.filter((key) => {
    const base = key.replace(/\.(one|other|few|many|two|zero)$/, '');
    return !text.includes(`'${base}'`) && !made.some((prefix) => key.startsWith(prefix));
  });
  expect(unused).toEqual([]);
});
