/**
 * What each language calls itself. The browser knows it too, but it reads the data of a whole language for each name, and a
 * slow phone would read fifteen before it shows anything. A language that is not here is asked of the browser. They stand in
 * the order in which they are offered, that of the alphabet.
 */
export const ownNames: Record<string, string | undefined> = {
  da: 'Dansk',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  hu: 'Magyar',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  sv: 'Svenska',
  tr: 'Türkçe',
  ru: 'Русский',
  hi: 'हिन्दी',
  zh: '中文',
};

const ORDER = Object.keys(ownNames);

/** Sorts codes as they are offered; those without a name here come last. */
export function asOffered(codes: Iterable<string>): string[] {
  const place = (code: string) => (ORDER.includes(code) ? ORDER.indexOf(code) : ORDER.length);
  return [...codes].sort((a, b) => place(a) - place(b));
}
