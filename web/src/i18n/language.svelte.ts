import { asOffered, ownNames } from './own-names.ts';
import { byLanguage, signing, type Words } from './signing-words.ts';
import { choose, direction, fill, pluralKey, type Catalog, type Key, type Values } from './words.ts';

/** The languages that people who sign are written to and read, by their own names in the order of the alphabet. */
export const languages = asOffered(byLanguage(signing).keys());

class Language {
  code = $state('en');
  catalog = $state.raw<Partial<Catalog>>({});
  /** The languages of this page: those for which every part that it is made of has words. */
  offered = $state.raw(languages);
  #parts = [byLanguage(signing)];
  #chosen = false;

  /** A page with words of its own says so before it chooses a language. */
  alsoUse(files: Words): void {
    const part = byLanguage(files);
    this.#parts.push(part);
    this.offered = this.offered.filter((code) => part.has(code));
  }

  /** Uses the wished language unless the person has chosen another one on this page. */
  async prefer(...wishes: readonly string[]): Promise<void> {
    if (!this.#chosen) await this.#use(choose(this.offered, wishes));
  }

  async choose(code: string): Promise<void> {
    this.#chosen = true;
    await this.#use(choose(this.offered, [code]));
  }

  async #use(code: string): Promise<void> {
    if (code === this.code && Object.keys(this.catalog).length > 0) return;
    const words = await Promise.all(this.#parts.map((part) => part.get(code)?.() ?? {}));
    this.catalog = Object.assign({}, ...words) as Partial<Catalog>;
    this.code = code;
    document.documentElement.lang = code;
    document.documentElement.dir = direction(code);
  }
}

export const language = new Language();

/** The message for a key in the language of the page; numbers in it are written as that language writes them. */
export function t(key: Key, values?: Values): string {
  return fill(language.catalog[key] ?? key, values && written(values));
}

function written(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]));
}

/** The message for a counted thing; `{count}` is filled with the number as this language writes it. */
export function tn(base: string, count: number, values: Values = {}): string {
  const key = pluralKey(language.catalog, language.code, base, count);
  return t(key, { count, ...values });
}

/** The message for a key made at run time, or `fallback` where the catalogue has none (a newer server's code). */
export function tCode(prefix: string, code: string, fallback: string, values?: Values): string {
  const message = language.catalog[`${prefix}.${code}` as Key];
  return message === undefined ? fallback : fill(message, values && written(values));
}

let numbers: { code: string; format: Intl.NumberFormat } | undefined;

/** A number as the language writes it: `10,000`, `10.000`, `10 000`. */
export function formatNumber(number: number): string {
  if (numbers?.code !== language.code) numbers = { code: language.code, format: new Intl.NumberFormat(language.code) };
  return numbers.format.format(number);
}

/** So many percent, as the language writes it: `50%`, `50 %`, `%50`. */
export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(language.code, { style: 'percent' }).format(percent / 100);
}

export function formatDate(iso: string): string {
  return new Intl.DateTimeFormat(language.code, { dateStyle: 'long' }).format(new Date(iso));
}

export function formatMoment(iso: string): string {
  return new Intl.DateTimeFormat(language.code, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** A language by its own name. */
export function languageName(code: string): string {
  const known = ownNames[code];
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
