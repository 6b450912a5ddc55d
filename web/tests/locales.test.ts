import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asOffered, ownNames } from '../src/i18n/own-names.ts';
import { choose, direction, fill, pluralKey } from '../src/i18n/words.ts';

const folder = new URL('../src/locales/', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>;
const files = ['sign', 'form', 'desk'].flatMap((part) => readdirSync(new URL(`${part}/`, folder)).map((file) => `${part}/${file}`));
const PLURAL = /\.(zero|one|two|few|many|other)$/;
const bases = (catalog: Record<string, string>) => [...new Set(Object.keys(catalog).map((key) => key.replace(PLURAL, '.*')))].sort();
const names = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(files)('%s', (file) => {
  const [part, language] = file.replace('.json', '').split('/') as [string, string];
  const catalog = read(file);
  const english = read(`${part}/en.json`);

  test('has the messages of English, no more and no fewer', () => {
    expect(bases(catalog)).toEqual(bases(english));
  });

  test('has the plural forms that its language uses, no more and no fewer', () => {
    const rules = new Intl.PluralRules(language);
    const needed = [...new Set(['other', ...Array.from({ length: 1000 }, (_, count) => rules.select(count))])].sort();
    for (const base of bases(catalog).filter((key) => key.endsWith('.*'))) {
      const given = Object.keys(catalog).filter((key) => PLURAL.test(key) && key.replace(PLURAL, '.*') === base);
      expect(given.map((key) => key.replace(/^.*\./, '')).sort(), base).toEqual(needed);
    }
  });

  test('says something everywhere, with the same places to fill', () => {
    for (const [key, message] of Object.entries(catalog)) {
      expect(message.trim(), key).not.toBe('');
      const model = english[key] ?? english[key.replace(PLURAL, '.other')] ?? '';
      expect(names(message), key).toEqual(names(model));
    }
  });

  if (language === 'fr') {
    test('is set as French is: no space at which a sign could fall into the next line, and no straight apostrophe', () => {
      for (const [key, message] of Object.entries(catalog)) {
        expect(message, key).not.toMatch(/ [;:!?»%]|« |«[^\u00a0\u202f]|'/);
        // Addresses and our own tags are no French.
        const words = message.replace(/https?:\/\/\S*|\{\{.*?\}\}/g, '');
        expect(words, key).not.toMatch(/[^\u00a0\u202f][;:!?»](?!\S)/);
      }
    });
  }

  if (part === 'desk') return;
  test('speaks to signers in plain words', () => {
    for (const [key, message] of Object.entries(catalog)) {
      expect(message, key).not.toMatch(/ceremony|envelope|enveloppe|cérémonie|PAdES/i);
    }
  });
});

describe('words', () => {
  test('places without a value stay visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  test('a form that the catalogue lacks falls back to the general one', () => {
    expect(pluralKey({ 'bar.left.other': '' }, 'fr', 'bar.left', 1)).toBe('bar.left.other');
  });

  test('the nearest language is chosen, English when there is none', () => {
    expect(choose(['en', 'fr'], ['fr-CA', 'en'])).toBe('fr');
    expect(choose(['en', 'fr'], ['ja'])).toBe('en');
    expect(choose(['en', 'pt', 'pt-BR'], ['pt-BR'])).toBe('pt-BR');
  });

  test('right-to-left languages are known', () => {
    expect([direction('ar'), direction('he-IL'), direction('fr')]).toEqual(['rtl', 'rtl', 'ltr']);
  });
});

test('each language is called as it calls itself, and offered in the order of the alphabet', () => {
  const codes = readdirSync(new URL('sign/', folder)).map((file) => file.replace('.json', ''));
  expect(Object.keys(ownNames).sort()).toEqual(codes.sort());
  const byName = [...codes].sort((a, b) => ownNames[a]!.localeCompare(ownNames[b]!, 'en'));
  expect(asOffered(codes)).toEqual(byName);
  expect(asOffered(['xx', ...codes])).toEqual([...byName, 'xx']);
  for (const code of codes) {
    expect(ownNames[code]?.toLocaleLowerCase(code), code).toBe(new Intl.DisplayNames([code], { type: 'language' }).of(code)?.toLocaleLowerCase(code));
  }
});
