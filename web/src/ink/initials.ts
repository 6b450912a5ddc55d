/** The initials of a name: the first letter of each part, particles included, at most four. */
export function initialsOf(name: string): string {
  const parts = name.normalize('NFC').split(/[\s\u00a0-]+/u).filter(Boolean);
  const letters = parts.map((part) => [...part].find((letter) => /\p{L}/u.test(letter)) ?? '').filter(Boolean);
  return letters.slice(0, 4).join('').toLocaleUpperCase();
}
