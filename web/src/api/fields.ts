import type { DraftField } from './desk.ts';
import type { Box } from './shapes.ts';

/** The words of the native API for fields: kinds, and everything that can be said about one. */
export const FIELD_KINDS = [
  'signature',
  'initials',
  'text',
  'date_signed',
  'checkbox',
  'multiline_text',
  'boxed_text',
  'number',
  'email',
  'date',
  'radio',
  'dropdown',
  'attachment',
  'image',
  'stamp',
  'recipient_name',
  'recipient_email',
  'company',
  'job_title',
  'date_completed',
  'note',
  'free_text',
  'strikethrough',
  'decline_button',
  'approve_button',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** Of which characters a value is made, or what it names. */
export const FORMS = ['letters', 'digits', 'letters_and_digits', 'email', 'phone', 'url', 'us_zip_code'] as const;
export type Form = (typeof FORMS)[number];

export interface Check {
  form?: Form | null;
  pattern?: string | null;
  min?: string | null;
  max?: string | null;
  decimals_max?: number | null;
  characters_min?: number | null;
  earliest?: string | null;
  latest?: string | null;
  message?: string;
}

/** Built-in lists of a drop-down. */
export const CHOICE_LISTS = ['country_names', 'country_codes2', 'country_codes3', 'country_numbers', 'us_state_names', 'us_state_codes'] as const;
export type ChoiceList = (typeof CHOICE_LISTS)[number];

export interface Choice {
  label: string;
  value?: string | null;
}

export interface Choices {
  options?: Choice[];
  list?: ChoiceList | null;
}

export const FILE_TYPES = ['pdf', 'jpeg', 'png'] as const;
export type FileType = (typeof FILE_TYPES)[number];

export interface FileWishes {
  types?: FileType[];
  bytes_max?: number | null;
}

export const FONTS = ['sans', 'serif', 'mono'] as const;
export const ALIGNS = ['left', 'centre', 'right'] as const;

export interface TextStyle {
  font?: (typeof FONTS)[number];
  size?: number | null;
  colour?: string | null;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  align?: (typeof ALIGNS)[number];
}

/** What another field's value has to be. */
export type Test = 'filled' | 'empty' | { one_of: string[] } | { none_of: string[] };

export interface Condition {
  field: string;
  is: Test;
}

export type Piece = { field: string } | { words: string };
export type Formula = { sum: string[] } | { concatenation: Piece[] };

/** Boxes or buttons that are counted together. */
export interface FieldGroup {
  key: string;
  label?: string;
  min?: number;
  max?: number | null;
}

/** The text that a field was made from, and what becomes of it in the document that is sent. */
export interface TagText {
  what: 'cover' | 'remove';
  page: number;
  places: { x: number; y: number; width: number; height: number }[];
}

/** What can be said about a field beside its kind and its place. Nothing of it has to be said. */
export interface FieldMore {
  read_only: boolean;
  value: string;
  placeholder: string;
  hint: string;
  check: Check;
  characters_max: number | null;
  choices: Choices;
  files: FileWishes;
  group: string | null;
  style: TextStyle;
  tab_order: number | null;
  only_if: Condition | null;
  formula: Formula | null;
  capture_key: string | null;
  merge_key: string | null;
  confidential: boolean;
  form_field: string | null;
  /** Of a radio button: which one of the document's own form it is. */
  form_option: string | null;
  origin: string | null;
  /** What becomes of that text when it is sent; it stays where nothing is said. */
  tag_text?: TagText | null;
}

/** Where the document's own form has a field. */
export interface FormField extends Box {
  name: string;
  type: FieldKind;
  label: string;
  page: number;
  required: boolean;
  closed: boolean;
  characters_max: number | null;
  options: string[];
  buttons: FormButton[];
}

/** One button of a group in the document's own form. */
export interface FormButton extends Box {
  option: string;
  label: string;
  page: number;
}

/** Where a text stands on a page. */
export interface TextPlace extends Box {
  page: number;
  /** It is only a part of a longer word there. */
  inside_word: boolean;
}

/** The ways to write tags in a document. */
export const GRAMMARS = ['own', 'xodo', 'signatureapi', 'securedsigning'] as const;
export type Grammar = (typeof GRAMMARS)[number];

/** What the tags of a document wish for. */
export interface Tags {
  fields: DraftField[];
  /** Whom the tags name, by the numbers that the fields use. */
  recipients: { number: number; word: string | null; name: string | null; email: string | null }[];
  errors: TagNote[];
  /** Of tags that may be meant otherwise. */
  warnings: TagNote[];
}

/** Something to say about one tag, with its place on the page. */
export interface TagNote extends Box {
  code: string;
  detail: string;
  text: string;
  page: number;
}
