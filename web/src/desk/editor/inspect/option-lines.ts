import type { Choice } from '../../../api/fields.ts';

/** Between what the person reads and what programs are told. */
const BETWEEN = ' = ';

/** Options as lines that can be typed: `Blue`, or `Blue = b` where programs are told something else. */
export function asLines(options: Choice[]): string {
  return options.map(({ label, value }) => (value === null || value === undefined ? label : `${label}${BETWEEN}${value}`)).join('\n');
}

export function fromLines(text: string): Choice[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const at = line.lastIndexOf(BETWEEN);
    return at < 0 ? [{ label: line.trim() }] : [{ label: line.slice(0, at).trim(), value: line.slice(at + BETWEEN.length).trim() }];
  });
}
