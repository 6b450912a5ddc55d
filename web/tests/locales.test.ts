import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { choose, direction, fill, pluralKey } from '../src/i18n/words.ts';

const folder = new URL('../src/locales/', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>;
const english = read('en.json');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const PLURAL = /\.(zero|one|two|few|many|other)$/;
const bases = (catalog: Record<string, string>) => [...new Set(Object.keys(catalog).map((key) => key.replace(PLURAL, '.*')))].sort();
const names = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(files)('%s', (file) => {
  const catalog = read(file);
  const language = file.replace('.json', '');

  test('has the messages of English, no more and no fewer', () => {
    expect(bases(catalog)).toEqual(bases(english));
  });

  test('has every plural form that its language uses', () => {
    const needed = new Set([0, 1, 2, 3, 5, 11, 21, 100].map((count) => new Intl.PluralRules(language).select(count)));
    for (const base of bases(catalog).filter((key) => key.endsWith('.*'))) {
      for (const form of needed) expect(catalog, base).toHaveProperty([base.replace('*', form)]);
    }
  });

  test('says something everywhere, with the same places to fill', () => {
    for (const [key, message] of Object.entries(catalog)) {
      expect(message.trim(), key).not.toBe('');
      const model = english[key] ?? english[key.replace(PLURAL, '.other')] ?? '';
      expect(names(message), key).toEqual(names(model));
    }
  });

  test('speaks to signers in plain words', () => {
    for (const [key, message] of Object.entries(catalog).filter(([key]) => !key.startsWith('desk.'))) {
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
