import { Refusal, Unreachable } from '../api/problem.ts';
import { t, tCode } from '../i18n/language.svelte.ts';
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

export function sentence(error: unknown): string {
  if (error instanceof Unreachable) return t('trouble.unreachable');
  if (error instanceof Refusal) return tCode('trouble', error.code, error.detail || t('trouble.general'));
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
  const text = tCode('trouble', code, finding?.detail ?? error.detail);
  return { kind: 'ink', ink, tab: code.startsWith('image') ? 'upload' : 'draw', text };
}

/** Findings about single fields are shown at the fields; the first of them is where the person is led. */
export function fieldTrouble(error: unknown, room: Room): FinishTrouble | null {
  if (!(error instanceof Refusal)) return null;
  let first: string | null = null;
  for (const finding of error.findings) {
    const id = /^\/values\/(.+)$/.exec(finding.pointer)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    const field = room.fields.find((one) => one.id === id);
    if (!field) continue;
    room.troubles[field.id] = tCode('trouble.value', finding.code ?? error.code, finding.detail);
    first ??= field.id;
  }
  return first === null ? null : { kind: 'field', field: first, text: room.troubles[first] ?? '' };
}
