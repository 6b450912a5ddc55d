import type { SignerField } from '../../api/ceremony.ts';
import { language, t } from '../../i18n/language.svelte.ts';
import type { Key } from '../../i18n/words.ts';
import { typedNumber } from '../fields/decimal.ts';

/** What a field is called, by the sender or by what it is. */
export function nameOf(field: SignerField): string {
  return field.label || t(`field.${field.type}` as Key);
}

export function mostOf(field: SignerField): number | undefined {
  // Boxes are counted by letters with their marks, which the browser does not.
  if (field.type === 'boxed_text' || field.type === 'date') return undefined;
  return field.characters_max ?? (field.type === 'multiline_text' ? 10_000 : 1000);
}

/** What of that has room: of a boxed text a letter with its marks in each box. */
export function fitted(field: SignerField, typed: string): string {
  if (field.type !== 'boxed_text' || !field.characters_max) return typed;
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(typed);
  return Array.from(letters, ({ segment }) => segment).slice(0, field.characters_max).join('');
}

/** What the browser is told of what is typed: which keyboard, what it may fill in by itself. */
export function inputOf(field: SignerField): {
  type: 'text' | 'date' | 'email' | 'tel' | 'url';
  inputmode?: 'decimal' | 'numeric';
  autocomplete: 'off' | 'email' | 'tel' | 'organization' | 'organization-title';
  min?: string;
  max?: string;
} {
  switch (field.type) {
    case 'number':
      return { type: 'text', inputmode: 'decimal', autocomplete: 'off' };
    case 'email':
      return { type: 'email', autocomplete: 'email' };
    case 'date':
      return { type: 'date', autocomplete: 'off', min: field.check?.earliest ?? undefined, max: field.check?.latest ?? undefined };
    case 'company':
      return { type: 'text', autocomplete: 'organization' };
    case 'job_title':
      return { type: 'text', autocomplete: 'organization-title' };
    default:
      return byForm(field);
  }
}

function byForm(field: SignerField): ReturnType<typeof inputOf> {
  switch (field.check?.form) {
    case 'phone':
      return { type: 'tel', autocomplete: 'tel' };
    case 'email':
      return { type: 'email', autocomplete: 'email' };
    case 'url':
      return { type: 'url', autocomplete: 'off' };
    case 'digits':
      return { type: 'text', inputmode: 'numeric', autocomplete: 'off' };
    default:
      return { type: 'text', autocomplete: 'off' };
  }
}

/** A value as the server reads it, from what was typed. */
export function asSent(field: SignerField, typed: string): string {
  if (field.type === 'number') return typedNumber(typed, language.code);
  return field.type === 'email' ? typed.trim() : typed;
}

/** The same look as it will have in the document, as far as a browser can. */
export function lookOf(field: SignerField, scale: number): string {
  const { font, size, colour, bold, italic, underline, align } = field.style ?? {};
  const family = font === 'serif' ? 'Georgia, serif' : font === 'mono' ? 'ui-monospace, monospace' : 'var(--font)';
  const points = size ?? Math.min(field.type === 'multiline_text' || field.type === 'free_text' ? 12 : field.height * 0.62, 12);
  return [
    `font-size:${points * scale}px`,
    `font-family:${family}`,
    bold && 'font-weight:700',
    italic && 'font-style:italic',
    underline && 'text-decoration:underline',
    align === 'centre' && 'text-align:center',
    align === 'right' && 'text-align:right',
    colour && `--own-colour:${colour}`,
  ]
    .filter(Boolean)
    .join(';');
}
