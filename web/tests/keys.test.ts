import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../src/', import.meta.url);
const keysOf = (part: string) => Object.keys(JSON.parse(readFileSync(new URL(`locales/${part}/en.json`, source), 'utf8')) as object);
const textOf = (wanted: (file: string) => boolean) =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && wanted(file))
    .map((file) => readFileSync(new URL(file, source), 'utf8'))
    .join('\n');

test('every message is used somewhere', () => {
  const text = textOf(() => true);
  // Keys made at run time: `desk.field.${type}`, tCode('trouble', code), tn('bar.left', n).
  const beginnings = [...text.matchAll(/[`'"]([a-z_.]+[._])\$\{/g)].map((match) => match[1]!);
  const prefixes = [...text.matchAll(/tCode\('([a-z_.]+)'/g)].map((match) => `${match[1]}.`);
  const made = [...new Set([...beginnings, ...prefixes, 'adopt.missing_', 'adopt.image_'])];
  const unused = [...keysOf('sign'), ...keysOf('form'), ...keysOf('desk')].filter((key) => {
    const base = key.replace(/\.(one|other|few|many|two|zero)$/, '');
    return !text.includes(`'${base}'`) && !made.some((prefix) => key.startsWith(prefix));
  });
  expect(unused).toEqual([]);
});

test('the words of the desk stand apart, and no signer’s page waits for them', () => {
  expect(keysOf('desk').filter((key) => !key.startsWith('desk.'))).toEqual([]);
  expect(keysOf('sign').filter((key) => key.startsWith('desk.'))).toEqual([]);
  expect(textOf((file) => !/^(desk|edit|i18n)\//.test(file))).not.toMatch(/[`'"]desk\.|desk-words/);
});
