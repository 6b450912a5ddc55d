import type { FieldKind, FormField } from '../../api/fields.ts';
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
  /** So many were left out: closed, imported before, or buttons of which one field has several. */
  left: number;
}

/** Lists longer than this are refused by the server. */
const OPTIONS_MAX = 500;

/** Fields of ours from those of the documents' own forms, a list for each document; each fills the form's own field. */
export function fromForm(documents: FormField[][], known: ReadonlySet<string | null>): Importable {
  const fields: Wished[] = [];
  let left = 0;
  documents.forEach((list, index) => {
    for (const one of list) {
      const options = distinct(one.options).slice(0, OPTIONS_MAX);
      if (one.closed || one.type === 'radio' || known.has(one.name) || (one.type === 'dropdown' && options.length === 0)) {
        left += 1;
        continue;
      }
      const { x, y, width, height } = one;
      fields.push({
        type: one.type,
        document: index + 1,
        page: one.page,
        box: { x, y, width, height },
        more: {
          label: one.label.slice(0, 200),
          required: one.required || one.type === 'signature',
          form_field: one.name,
          ...(one.characters_max ? { characters_max: one.characters_max } : {}),
          ...(one.type === 'dropdown' ? { choices: { options: options.map((label) => ({ label })) } } : {}),
        },
      });
    }
  });
  return { fields, left };
}

const distinct = (options: string[]): string[] => [...new Set(options.map((option) => option.trim()).filter((option) => option !== ''))];
