import type { Tags } from '../../api/fields.ts';
import { nothingMore } from '../draft/field-more.ts';
import { isNobodys } from '../draft/kinds.ts';
import { relinked } from '../draft/links.ts';
import { newFieldId, type DraftPerson } from '../draft/shape.ts';
import type { Wished } from './from-form.ts';

/** Somebody whom the tags name, and who that is likely to be. */
export interface Named {
  number: number;
  /** What the tag calls them. */
  called: string;
  person: string;
}

/** Whom the tags name, each with the person of the draft who has that address, that name or that number. */
export function namedIn(tags: Tags, people: DraftPerson[]): Named[] {
  const same = (a: string | null, b: string): boolean => a !== null && a !== '' && a.trim().toLowerCase() === b.trim().toLowerCase();
  return tags.recipients.map(({ number, word, name, email }) => {
    const known =
      people.find((one) => same(email, one.email)) ?? people.find((one) => same(name ?? word, one.vacant ? one.placeholder : one.name)) ?? people[number - 1] ?? people[0];
    return { number, called: word ?? name ?? email ?? String(number), person: known?.key ?? '' };
  });
}

/** Fields of ours from those of the tags, with ids of their own; tags that were taken before are left. */
export function fromTags(tags: Tags, document: number, named: Named[], known: ReadonlySet<string>): Wished[] {
  const ids = new Map(tags.fields.map((field) => [field.id ?? '', newFieldId()]));
  return tags.fields.flatMap((field) => {
    const { recipient, document: _, id, page, x, y, width, height, type, ...rest } = field;
    const person = isNobodys(type) ? '' : named.find(({ number }) => number === recipient)?.person;
    if (person === undefined || known.has(tagPlace(document, page, x, y, field.origin))) return [];
    const more = relinked({ ...nothingMore(), ...rest }, ids);
    return [{ type, document, page, box: { x, y, width, height }, more: { ...more, id: ids.get(id ?? '')!, person } }];
  });
}

/** By which a field from a tag is known again. */
export const tagPlace = (document: number, page: number, x: number, y: number, origin: string | null | undefined): string =>
  `${document} ${page} ${Math.round(x)} ${Math.round(y)} ${origin ?? ''}`;
