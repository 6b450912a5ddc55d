import type { Method } from '../../api/ceremony.ts';

/** So many digits has a code that is sent or shown; `null` where the answer is no such code. */
export function codeLength(method: Method): number | null {
  switch (method) {
    case 'email_code':
      return 9;
    case 'sms_code':
    case 'voice_code':
    case 'totp':
      return 6;
    default:
      return null;
  }
}

/** A code as it was typed or pasted, without the spaces and dashes that help to read it. */
export function bareCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Dash_Punctuation}.]/gu, '');
}

/** The part of a masked telephone number that its owner recognises: `+33 •••• 23` gives `•••• 23`. */
export function ending(destination: string): string {
  const at = destination.indexOf('•');
  return at < 0 ? destination : destination.slice(at);
}

/** Time to wait as people read it on a clock: `0:25`, `12:05`. */
export function waitingTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
