import { Refusal, Unreachable } from '../api/problem.ts';
import { t, tCode } from '../i18n/language.svelte.ts';
import { guest } from './guest.svelte.ts';
import { desk } from './session.svelte.ts';

/** One sentence for whatever went wrong: ours where we have one, else the server's own. */
export function sayTrouble(error: unknown): string {
  desk.noteRefusal(error);
  guest.noteRefusal(error);
  if (error instanceof Unreachable) return t('desk.trouble.unreachable');
  if (error instanceof Refusal) return tCode('desk.trouble', error.code, error.detail || t('desk.trouble.general'));
  console.error(error);
  return t('desk.trouble.general');
}
