import type desk from '../locales/desk/en.json';
import type form from '../locales/form/en.json';
import type sign from '../locales/sign/en.json';

/** Every message key; English is the list that the other languages are compared with. */
export type Key = keyof typeof sign | keyof typeof form | keyof typeof desk;
export type Catalog = Record<Key, string>;
export type Values = Record<string, string | number>;

/** Puts values into `{name}` places; a place without a value stays as it is, so that it is seen. */
export function fill(message: string, values: Values = {}): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}

/** Of the language that was asked for last: a browser takes some milliseconds to find them. */
let rules: { language: string; of: Intl.PluralRules } | undefined;

/**
 * The plural form of `base` for `count`: keys `base.one`, `base.other` and so on, in the categories of CLDR.
 * A language gives the categories it has; `other` is always there.
 */
export function pluralKey(catalog: Partial<Catalog>, language: string, base: string, count: number): Key {
  if (rules?.language !== language) rules = { language, of: new Intl.PluralRules(language) };
  const category = rules.of.select(count);
  const key = `${base}.${category}`;
  return (key in catalog ? key : `${base}.other`) as Key;
}

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export function direction(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The best of `offered` for a list of wishes such as `navigator.languages`; English when nothing fits. */
export function choose(offered: string[], wishes: readonly string[]): string {
  for (const wish of wishes) {
    const exact = offered.find((language) => language.toLowerCase() === wish.toLowerCase());
    if (exact) return exact;
    const base = wish.toLowerCase().split('-')[0];
    const close = offered.find((language) => language.toLowerCase().split('-')[0] === base);
    if (close) return close;
  }
  return 'en';
}
