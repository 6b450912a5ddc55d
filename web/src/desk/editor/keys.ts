import type { FieldKind } from '../../api/fields.ts';

/** What a key asks the editor for. */
export type Command =
  | 'undo'
  | 'redo'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'duplicate'
  | 'select_page'
  | 'select_person'
  | 'add_to_selection'
  | 'remove'
  | 'next'
  | 'previous'
  | 'page_down'
  | 'page_up'
  | 'first_page'
  | 'last_page'
  | 'drop'
  | 'find'
  | 'help'
  | 'zoom_in'
  | 'zoom_out'
  | 'all_pages';

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const WITH_CONTROL: Record<string, Command> = {
  z: 'undo',
  y: 'redo',
  c: 'copy',
  x: 'cut',
  v: 'paste',
  d: 'duplicate',
  a: 'select_page',
  f: 'find',
  ' ': 'add_to_selection',
};
const WITH_CONTROL_AND_SHIFT: Record<string, Command> = { z: 'redo', a: 'select_person', v: 'all_pages' };
const ALONE: Record<string, Command> = {
  Delete: 'remove',
  Backspace: 'remove',
  ']': 'next',
  '[': 'previous',
  PageDown: 'page_down',
  PageUp: 'page_up',
  Home: 'first_page',
  End: 'last_page',
  Escape: 'drop',
  '?': 'help',
  '+': 'zoom_in',
  '-': 'zoom_out',
};

export function commandOf(pressed: Pressed): Command | null {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = pressed;
  if (altKey) return null;
  if (ctrlKey || metaKey) return (shiftKey ? WITH_CONTROL_AND_SHIFT : WITH_CONTROL)[key.toLowerCase()] ?? null;
  return ALONE[key] ?? null;
}

/** The letter that puts a field of a kind on the page in view; of use only while the pages have the focus. */
export const LETTERS: Record<string, FieldKind> = {
  s: 'signature',
  i: 'initials',
  d: 'date_signed',
  t: 'text',
  c: 'checkbox',
  r: 'radio',
  l: 'dropdown',
  n: 'number',
  m: 'multiline_text',
  b: 'boxed_text',
  e: 'email',
  f: 'free_text',
  a: 'attachment',
};

export function kindOf(pressed: Pressed): FieldKind | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.shiftKey) return null;
  return LETTERS[pressed.key] ?? null;
}

/** The number of the person whose fields are to be placed: digits from 1. */
export function personOf(pressed: Pressed): number | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || !/^[1-9]$/.test(pressed.key)) return null;
  return Number(pressed.key);
}

/** For the help sheet, in its order: keys as they are printed, and the message that says what they do. */
export const HELP: [keys: string, what: string][] = [
  ['1 – 9', 'person'],
  [Object.keys(LETTERS).join(' ').toUpperCase(), 'letters'],
  ['← ↑ → ↓', 'move'],
  ['Shift + ← ↑ → ↓', 'move_far'],
  ['Alt + ← ↑ → ↓', 'resize'],
  ['Tab', 'tab'],
  ['[  ]', 'neighbour'],
  ['Ctrl + Space', 'add_to_selection'],
  ['Ctrl + A', 'select_page'],
  ['Ctrl + Shift + A', 'select_person'],
  ['Enter', 'inspect'],
  ['Delete', 'remove'],
  ['Ctrl + Z, Ctrl + Y', 'undo'],
  ['Ctrl + C, X, V', 'copy'],
  ['Ctrl + D', 'duplicate'],
  ['Ctrl + Shift + V', 'all_pages'],
  ['Ctrl + F', 'find'],
  ['PageUp, PageDown, Home, End', 'pages'],
  ['+  −', 'zoom'],
  ['Esc', 'drop'],
];
