// Writes crates/service/locales/dates.json: how each language writes a day and a moment (CLDR's long and medium forms, as
// Intl.DateTimeFormat of this Node has them), and crates/service/locales/dates.golden.json: what it wrote for some moments.
//
//     node scripts/dates.mjs

import { writeFileSync } from 'node:fs';

const LANGUAGES = ['da', 'de', 'en', 'es', 'fr', 'hi', 'hu', 'it', 'nl', 'pl', 'pt', 'ru', 'sv', 'tr', 'zh'];
const STYLES = {
  day: { dateStyle: 'medium' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
  exact: { dateStyle: 'medium', timeStyle: 'medium' },
};
const of = (language, style) => new Intl.DateTimeFormat(language, { ...STYLES[style], timeZone: 'UTC', numberingSystem: 'latn' });
// CLDR's narrow spaces that may not break are plain ones here: not every face of a PDF has them, and people search for text.
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');
const at = (month, day, hour) => new Date(Date.UTC(2026, month, day, hour, 4, 9));

/** A pattern in which `{d}`, `{dd}`, `{h}` and so on stand for numbers, with their zeros or without, and `{M}` for the month. */
function pattern(language, style) {
  const name = (part) => {
    const width = part.value.length;
    switch (part.type) {
      case 'literal':
        return plain(part.value);
      case 'year':
        return '{y}';
      case 'month':
        return /^\d+$/.test(part.value) ? (width === 2 ? '{mm}' : '{m}') : '{M}';
      case 'day':
        return width === 2 ? '{dd}' : '{d}';
      case 'hour':
        return width === 2 ? '{hh}' : '{h}';
      case 'minute':
        return '{min}';
      case 'second':
        return '{s}';
      case 'dayPeriod':
        return '{a}';
      default:
        throw new Error(`${language}: no place for ${part.type}`);
    }
  };
  // A month, a day and an hour of one digit show whether a zero stands before them.
  return of(language, style).formatToParts(at(2, 5, 8)).map(name).join('');
}

function months(language, style) {
  return Array.from({ length: 12 }, (_, month) => {
    const part = of(language, style).formatToParts(at(month, 5, 8)).find((it) => it.type === 'month');
    return part.value;
  });
}

function forms(language) {
  const halves = [8, 20].map((hour) => of(language, 'exact').formatToParts(at(2, 5, hour)).find((it) => it.type === 'dayPeriod')?.value);
  return {
    ...Object.fromEntries(Object.keys(STYLES).map((style) => [style, pattern(language, style)])),
    months: months(language, 'moment'),
    short_months: months(language, 'exact'),
    halves: halves[0] === undefined ? [] : halves,
  };
}

const MOMENTS = Array.from({ length: 12 }, (_, month) => [at(month, 5, 8), at(month, 23, 20)]).flat();
MOMENTS.push(at(0, 1, 0), at(11, 31, 12), at(5, 15, 9), at(6, 30, 23));

const all = Object.fromEntries(LANGUAGES.map((language) => [language, forms(language)]));
const golden = MOMENTS.flatMap((moment) =>
  LANGUAGES.map((language) => ({
    at: moment.toISOString(),
    language,
    ...Object.fromEntries(Object.keys(STYLES).map((style) => [style, plain(of(language, style).format(moment))])),
  })),
);
const file = (name) => new URL(`../crates/service/locales/${name}`, import.meta.url);
writeFileSync(file('dates.json'), `${JSON.stringify(all, null, 2)}\n`);
writeFileSync(file('dates.golden.json'), `[\n${golden.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
