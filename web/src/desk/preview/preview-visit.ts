import type { SignerField, Visit } from '../../api/ceremony.ts';
import type { DraftField } from '../../api/desk.ts';
import type { Person } from '../../api/shapes.ts';
import { toDraft } from '../draft/convert.ts';
import type { DraftContent } from '../draft/shape.ts';

/** What one person of a draft would see after opening the link. */
export function previewVisit(content: DraftContent, personKey: string, sender: Person): Visit {
  const draft = toDraft(content);
  const index = content.people.findIndex((person) => person.key === personKey);
  const person = content.people[index];
  return {
    state: 'ready',
    title: draft.title,
    message: draft.message,
    test: content.test,
    language: person?.language ?? content.language,
    sender,
    recipient: { number: index + 1, name: person?.name ?? '', email: person?.email ?? '' },
    ended_because: null,
    expires_at: null,
    documents: content.documents.map((document, at) => ({ number: at + 1, title: document.title, pages: document.pages, revision: '' })),
    fields: draft.fields.filter((field) => field.recipient === index + 1).map(asSeen),
  };
}

/** A field as its recipient is told of it; they keep their ids, by which conditions and formulas name them. */
function asSeen(field: DraftField): SignerField {
  const { choices, files, value, recipient: _, ...rest } = field;
  return {
    ...rest,
    id: field.id ?? '',
    type: field.type as SignerField['type'],
    value: value || null,
    options: choices?.options?.map((option) => ({ label: option.label, value: option.value ?? option.label })),
    files: { types: files?.types, bytes_max: files?.bytes_max ?? undefined },
  } as SignerField;
}
