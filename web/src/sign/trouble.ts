import { Refusal, Unreachable } from '../api/problem.ts';
import type { SignerField } from '../api/ceremony.ts';
import { formatDate, formatNumber, t, tCode } from '../i18n/language.svelte.ts';
import type { Values } from '../i18n/words.ts';
import type { Room } from './room/room.svelte.ts';

/** Why finishing did not work, and where the person is led. */
export type FinishTrouble =
  | { kind: 'ink'; ink: 'signature' | 'initials'; tab: 'draw' | 'upload'; text: string }
  | { kind: 'field'; field: string; text: string }
  /** They have to show once more who they are. */
  | { kind: 'proof' }
  | { kind: 'meaning' }
  | { kind: 'text'; text: string; retry: boolean };

export function asTrouble(error: unknown): Refusal | Unreachable {
  if (error instanceof Refusal || error instanceof Unreachable) return error;
  console.error(error);
  return new Refusal(500, 'page_fault', '');
}

/**
 * Codes that say the same to whoever signs, by the message that says it: programs have to tell them apart, people do
 * not. A test holds this list and the messages against the codes of the server.
 */
export const SAID_TOGETHER: Readonly<Record<string, string>> = {
  already_acted: 'over',
  already_finishing: 'over',
  envelope_deleted: 'over',
  envelope_ended: 'over',
  link_ended: 'over',
  recipient_has_no_act: 'over',
  recipient_released: 'over',
  recipient_removed: 'over',
  code_expired: 'reload',
  consent_missing: 'reload',
  link_of_another_person: 'reload',
  link_unknown: 'reload',
  not_found: 'reload',
  not_sent: 'reload',
  nothing_asked: 'reload',
  other_act: 'reload',
  places_given: 'reload',
  recipient_unknown: 'reload',
  authentication_missing: 'prove',
  authentication_outdated: 'prove',
  signing_service_failed: 'server_fault',
};

/** What to say of a refusal, in the language of the page: what the server says itself is English. */
export function sentence(error: unknown): string {
  if (error instanceof Unreachable) return t('trouble.unreachable');
  if (error instanceof Refusal) return tCode('trouble', SAID_TOGETHER[error.code] ?? error.code, t('trouble.general'));
  console.error(error);
  return t('trouble.general');
}

const INK_CODES = ['text_not_drawable', 'image_unreadable', 'ink_empty', 'ink_too_large'];

/** A signature that the server could not draw or read: which one, and what to offer instead. */
export function inkTrouble(error: unknown): FinishTrouble | null {
  if (!(error instanceof Refusal)) return null;
  const finding = error.findings.find(({ pointer }) => /^\/(signature|initials)/.test(pointer));
  const inValue = error.findings.some(({ pointer }) => pointer.startsWith('/values/'));
  const code = finding?.code ?? error.code;
  if (!finding && (inValue || !INK_CODES.includes(code))) return null;
  const ink = finding?.pointer.startsWith('/initials') ? 'initials' : 'signature';
  const text = tCode('trouble', code, t('trouble.general'), lettersOf(finding?.detail ?? error.detail));
  return { kind: 'ink', ink, tab: code.startsWith('image') ? 'upload' : 'draw', text };
}

/** Findings about single fields are shown at the fields; the first of them is where the person is led. */
export function fieldTrouble(error: unknown, room: Room): FinishTrouble | null {
  const first = fieldTroubles(error, room)[0] ?? placedTroubles(error, room, room.placed)[0];
  return first === undefined ? null : { kind: 'field', field: first, text: room.troubles[first] ?? '' };
}

/** Shows findings at their fields, in the sender's words where they have some. @returns the fields. */
export function fieldTroubles(error: unknown, room: Room): string[] {
  if (!(error instanceof Refusal)) return [];
  const found: string[] = [];
  for (const finding of error.findings) {
    const id = /^\/values\/(.+)$/.exec(finding.pointer)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    const field = room.all.find((one) => one.id === id);
    if (!field) continue;
    const own = SHAPE_CODES.includes(finding.code ?? '') ? '' : field.check?.message;
    room.troubles[field.id] = own || tCode('trouble.value', finding.code ?? error.code, t('trouble.general'), { ...boundsOf(field), ...lettersOf(finding.detail) });
    found.push(field.id);
  }
  return found;
}

/** Findings about what the person placed themselves: the server names each by its number in the list. @returns the fields. */
export function placedTroubles(error: unknown, room: Room, placed: SignerField[]): string[] {
  if (!(error instanceof Refusal)) return [];
  const found: string[] = [];
  for (const finding of error.findings) {
    const index = /^\/fields\/(\d+)/.exec(finding.pointer)?.[1];
    const field = index === undefined ? undefined : placed[Number(index)];
    if (!field) continue;
    room.troubles[field.id] = tCode('trouble.value', finding.code ?? error.code, t('trouble.general'));
    found.push(field.id);
  }
  return found;
}

/** What no wish of the sender changes, so that their words do not speak of it. */
const SHAPE_CODES = ['text_too_long', 'text_malformed', 'field_required', 'computed_too_long', 'group_too_few', 'group_too_many', 'text_not_drawable'];

/** The letters that the server cannot draw: its sentence has them between quotation marks. */
function lettersOf(detail: string): Values {
  return { letters: /\u201C(.+)\u201D/u.exec(detail)?.[1] ?? '\u2026' };
}

/**
 * Numbers for our sentences. Bounds of what is typed stand in the digits that are typed (`1250.50`), since a comma
 * from the sentence would be refused in the field; how many characters are counted, the language writes.
 */
export function boundsOf(field: SignerField): Values {
  const { min, max, decimals_max, characters_min, earliest, latest } = field.check ?? {};
  const day = (iso?: string | null) => (iso ? formatDate(iso) : '');
  const counted = (number?: number | null) => (number == null ? '' : formatNumber(number));
  return {
    min: min ?? '',
    max: max ?? '',
    decimals: counted(decimals_max),
    least: counted(characters_min),
    most: counted(field.characters_max ?? (field.type === 'multiline_text' ? 10_000 : 1000)),
    earliest: day(earliest),
    latest: day(latest),
  };
}
