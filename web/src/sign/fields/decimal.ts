/**
 * A decimal number as the server reads it: up to 18 digits on either side of the point, exact. What is added up in a
 * contract is not rounded, and a floating point number would.
 */
const DIGITS = 18;
const SCALE = 10n ** BigInt(DIGITS);
const FORM = new RegExp(`^-?[0-9]{1,${DIGITS}}(\\.[0-9]{1,${DIGITS}})?$`);

/** In units of 10^-18; `null` where the text is no number of that form. */
export function readDecimal(text: string): bigint | null {
  if (!FORM.test(text)) return null;
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole) * SCALE + BigInt(part.padEnd(DIGITS, '0'));
  return text.startsWith('-') ? -size : size;
}

/** Without empty decimals. */
export function writeDecimal(number: bigint): string {
  const size = number < 0n ? -number : number;
  const part = String(size % SCALE).padStart(DIGITS, '0').replace(/0+$/, '');
  return `${number < 0n ? '-' : ''}${size / SCALE}${part && `.${part}`}`;
}

/** The sum of numbers; `null` where it has too many digits. */
export function sum(numbers: bigint[]): bigint | null {
  let total = 0n;
  for (const number of numbers) {
    total += number;
    if ((total < 0n ? -total : total) >= SCALE * SCALE) return null;
  }
  return total;
}

/**
 * A number as somebody types it in their language, as the server reads it. Spaces and apostrophes between thousands go.
 * Of a point and a comma the last one is the decimal one; of one of them alone the language says which it is, where it
 * stands before three digits: `1,250` is a thousand and more in English, and little more than one in French. What is no
 * number in either way stays as it is.
 */
export function typedNumber(text: string, language: string): string {
  const close = text.trim().replace(/[\s\u00a0\u202f'’]/g, '');
  const found = /^(-?)([0-9.,]*[0-9])$/.exec(close);
  if (!found) return close;
  const [, sign = '', digits = ''] = found;
  const decimal = decimalMark(digits, language);
  const cut = decimal ? digits.lastIndexOf(decimal) : digits.length;
  const whole = digits.slice(0, cut);
  const part = digits.slice(cut + 1);
  if (!/^[0-9]*$/.test(part) || !isGrouped(whole, decimal)) return close;
  return `${sign}${whole.replace(/[.,]/g, '')}${decimal ? `.${part}` : ''}`;
}

/** The mark before the decimals, none where every mark stands between thousands. */
function decimalMark(digits: string, language: string): '.' | ',' | null {
  const marks = digits.replace(/[0-9]/g, '');
  const last = marks.at(-1) as '.' | ',' | undefined;
  if (!last) return null;
  // Twice the same mark, and it can only stand between thousands.
  if (marks.indexOf(last) !== marks.length - 1) return null;
  if (marks.length > 1) return last;
  const own = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
  return last !== own && /^[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(digits) ? null : last;
}

/** Digits in groups as they are written somewhere: threes, or twos before the last three, with the mark that is not the decimal one. */
function isGrouped(whole: string, decimal: '.' | ',' | null): boolean {
  if (/^[0-9]+$/.test(whole)) return true;
  const mark = /[.,]/.exec(whole)?.[0];
  return mark !== decimal && new RegExp(`^[1-9][0-9]{0,2}(\\${mark}[0-9]{2,3})*\\${mark}[0-9]{3}$`).test(whole);
}
