import type { SignerField, Visit } from '../../api/ceremony.ts';
import type { DraftField } from '../../api/desk.ts';
import { signs } from '../../api/people.ts';
import type { Person } from '../../api/shapes.ts';
import type { ChoiceList, Choices } from '../../api/fields.ts';
import { toDraft } from '../draft/convert.ts';
import { sees } from '../draft/visibility.ts';
import type { DraftContent } from '../draft/shape.ts';

/** The entries of built-in lists, as far as a draft offers them. */
export type Lists = Partial<Record<ChoiceList, string[]>>;

/** The built-in lists that one needs to see this draft. */
export function listsIn(content: DraftContent): ChoiceList[] {
  return [...new Set(content.places.flatMap(({ choices }) => (choices.list ? [choices.list] : [])))];
}

/** What one person of a draft would see after opening the link. */
export function previewVisit(content: DraftContent, personKey: string, sender: Person, lists: Lists): Visit {
  const draft = toDraft(content);
  const index = content.people.findIndex((person) => person.key === personKey);
  const person = content.people[index];
  const seen = new Set(content.documents.flatMap((document, at) => (sees(document, personKey) ? [at + 1] : [])));
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
    documents: content.documents.flatMap((document, at) => (seen.has(at + 1) ? [{ number: at + 1, title: document.title, pages: document.pages, revision: '' }] : [])),
    fields: draft.fields
      .filter((field) => field.recipient === index + 1 || (isWrittenBySender(field) && seen.has(field.document)))
      .map((field) => asSeen(field, lists)),
    placing: placingOf(content, personKey, [...seen]),
    groups: draft.groups,
  };
}

/** What they may place themselves. The rule is the server's: this shows it before it is sent. */
function placingOf(content: DraftContent, personKey: string, seen: number[]): Visit['placing'] {
  const person = content.people.find(({ key }) => key === personKey);
  const given = content.places.some((place) => place.person === personKey && place.type === 'signature');
  if (!person || given || content.rules.place_required !== false || !signs(person.role)) return null;
  const takes = (number: number) => {
    const document = content.documents[number - 1];
    if (document?.certification === 'fill_forms') return 'nothing' as const;
    return (document?.signatures ?? 0) > 0 ? ('one_signature' as const) : ('anything' as const);
  };
  return {
    types: ['signature', 'initials', 'date_signed', 'recipient_name', 'text'],
    most: 50,
    documents: seen.map((number) => ({ number, takes: takes(number) })),
  };
}

/** What becomes part of the page itself when the document is sent, so that everybody sees it. */
const isWrittenBySender = (field: DraftField): boolean => field.type === 'free_text' || field.type === 'strikethrough';

/** A field as its recipient is told of it; they keep their ids, by which conditions and formulas name them. */
function asSeen(field: DraftField, lists: Lists): SignerField {
  const { choices, files, value, recipient: _, ...rest } = field;
  return {
    ...rest,
    id: field.id ?? '',
    type: field.type as SignerField['type'],
    value: value || null,
    options: optionsOf(choices, lists),
    ...(isWrittenBySender(field) && { drawn: false }),
    files: { types: files?.types, bytes_max: files?.bytes_max ?? undefined },
  } as SignerField;
}

function optionsOf(choices: Choices | undefined, lists: Lists): { label: string; value: string }[] | undefined {
  const own = choices?.options?.map((option) => ({ label: option.label, value: option.value ?? option.label })) ?? [];
  const listed = (choices?.list && lists[choices.list]) ?? [];
  return choices && [...own, ...listed.map((entry) => ({ label: entry, value: entry }))];
}
