import type { FieldGroup, FieldKind, FormField } from '../../api/fields.ts';
import type { Box } from '../../api/shapes.ts';
import type { DraftPlace } from '../draft/shape.ts';

export interface Wished {
  type: FieldKind;
  /** Number of the document, from 1. */
  document: number;
  page: number;
  box: Box;
  more: Partial<DraftPlace>;
}

export interface Importable {
  fields: Wished[];
  /** What is asked by groups of buttons. */
  groups: FieldGroup[];
  /** So many were left out: closed, imported before, or with nothing to choose. */
  left: number;
}

/** Lists longer than this are refused by the server. */
const OPTIONS_MAX = 500;

/**
 * Fields of ours from those of the documents' own forms, a list for each document; each fills the form's own field. Of a
 * group of buttons each becomes a button of ours, in a group of ours that is none of those `taken`.
 */
export function fromForm(documents: FormField[][], known: ReadonlySet<string | null>, taken: Iterable<string> = []): Importable {
  const made: Importable = { fields: [], groups: [], left: 0 };
  const keys = new Set(taken);
  documents.forEach((list, index) => {
    for (const one of list) {
      const fields = one.closed || known.has(one.name) ? [] : one.type === 'radio' ? buttonsOf(one, groupKey(one.name, keys)) : [fieldOf(one)];
      const usable = fields.filter(({ type, more }) => type !== 'dropdown' || more.choices!.options!.length > 0);
      if (usable.length === 0) made.left += 1;
      else if (one.type === 'radio') {
        const key = usable[0]!.more.group!;
        keys.add(key);
        made.groups.push({ key, label: (one.label || one.name).slice(0, 200) });
      }
      made.fields.push(...usable.map((field) => ({ ...field, document: index + 1 })));
    }
  });
  return made;
}

function fieldOf(one: FormField): Wished {
  const { x, y, width, height } = one;
  return {
    type: one.type,
    document: 0,
    page: one.page,
    box: { x, y, width, height },
    more: {
      label: one.label.slice(0, 200),
      required: one.required || one.type === 'signature',
      form_field: one.name,
      ...(one.characters_max ? { characters_max: one.characters_max } : {}),
      ...(one.type === 'dropdown' ? { choices: { options: distinct(one.options).slice(0, OPTIONS_MAX).map((label) => ({ label })) } } : {}),
    },
  };
}

/** Buttons that the form calls the same are chosen together: the first of them is enough. */
function buttonsOf(one: FormField, group: string): Wished[] {
  const first = one.buttons.filter(({ option }, index) => one.buttons.findIndex((other) => other.option === option) === index);
  return first.map(({ option, label, page, x, y, width, height }) => ({
    type: 'radio',
    document: 0,
    page,
    box: { x, y, width, height },
    more: { label: label.slice(0, 200), required: one.required, form_field: one.name, form_option: option, group },
  }));
}

/** The form's own name in the letters that a key of ours has, unlike every other one. */
function groupKey(name: string, taken: ReadonlySet<string>): string {
  const base = name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 56) || 'group';
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(key)) return key;
  }
}

const distinct = (options: string[]): string[] => [...new Set(options.map((option) => option.trim()).filter((option) => option !== ''))];
