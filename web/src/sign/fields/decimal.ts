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
 * A number as somebody types it in their country, as the server reads it: a comma that can only be the decimal one
 * becomes a point, and spaces between thousands go. What can be read in two ways stays as it is.
 */
export function typedNumber(text: string): string {
  const close = text.trim().replace(/[\s\u00a0\u202f'’]/g, '');
  return /^-?\d+,\d+$/.test(close) ? close.replace(',', '.') : close;
}
