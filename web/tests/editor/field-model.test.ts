import { describe, expect, test } from 'vitest';
import type { DraftField, Envelope } from '../../src/api/desk.ts';
import { ALIGNS, CHOICE_LISTS, FIELD_KINDS, FILE_TYPES, FONTS, FORMS, type FieldMore } from '../../src/api/fields.ts';
import { place as placeFinding } from '../../src/desk/draft/check.ts';
import { fromEnvelope, toDraft } from '../../src/desk/draft/convert.ts';
import { firstMore, nothingMore } from '../../src/desk/draft/field-more.ts';
import { KIND_GROUPS, isNobodys } from '../../src/desk/draft/kinds.ts';
import type { DraftContent, DraftPlace } from '../../src/desk/draft/shape.ts';
import { content, dice, field } from './given.ts';

/** The draft as the server gives it back: every attribute is said, those that were left out by what they stand for. */
function answered(draft: ReturnType<typeof toDraft>): Envelope {
  const whole = (one: DraftField) => ({ ...nothingMore(), ...one, style: { font: 'sans', align: 'left', size: null, colour: null, bold: false, italic: false, underline: false, ...one.style } });
  return {
    ...draft,
    fields: draft.fields.map(whole),
    groups: draft.groups ?? [],
    version: 1,
    created_at: '2026-01-01T00:00:00Z',
    expires_at: null,
    documents: draft.documents.map((one, index) => ({ ...one, number: index + 1, digest: '', signatures: 0, pages: content().documents[index]!.pages })),
    recipients: draft.recipients.map((one, index) => ({ ...one, number: index + 1, status: 'created', acted_at: null, decline_reason: null })),
  } as unknown as Envelope;
}

/** What the editor can make: any kind with any of its attributes. */
function anyField(roll: () => number, index: number, others: DraftPlace[]): DraftPlace {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const some = <T>(value: T): T | undefined => (roll() < 0.5 ? value : undefined);
  const type = pick(FIELD_KINDS);
  const other = others.length > 0 ? pick(others).id : null;
  const more: Partial<FieldMore> = {
    read_only: roll() < 0.3,
    value: some('Zoë <&> "quoted"') ?? '',
    placeholder: some('like this') ?? '',
    hint: some('help') ?? '',
    check: { form: some(pick(FORMS)), pattern: some('[A-Z]{2}\\d+'), min: some('-0.5'), max: some('10'), decimals_max: some(0), characters_min: some(0), earliest: some('2026-01-01'), message: some('no') },
    characters_max: some(Math.floor(roll() * 100) + 1) ?? null,
    choices: roll() < 0.5 ? { list: pick(CHOICE_LISTS) } : { options: [{ label: 'Blue', value: 'b' }, { label: 'Red' }] },
    files: { types: some([pick(FILE_TYPES)]), bytes_max: some(1_000) },
    group: some(`group_${Math.floor(roll() * 3)}`) ?? null,
    style: { font: pick(FONTS), size: some(11.5), colour: some('#1a2b3c'), bold: roll() < 0.5, align: pick(ALIGNS) },
    tab_order: some(index) ?? null,
    only_if: other && roll() < 0.5 ? { field: other, is: pick(['filled', 'empty', { one_of: ['a', ''] }, { none_of: ['b'] }] as const) as never } : null,
    formula: other && roll() < 0.4 ? (roll() < 0.5 ? { sum: [other] } : { concatenation: [{ words: ' ' }, { field: other }] }) : null,
    capture_key: some(`capture_${index}`) ?? null,
    merge_key: some('merge') ?? null,
    confidential: roll() < 0.3,
    form_field: some('form.name') ?? null,
    origin: some('{{sig:1}}') ?? null,
  };
  return field(`f_${index}`, { ...more, type, person: isNobodys(type) ? '' : pick(['p1', 'p2']), document: pick(['d1', 'd2']), required: roll() < 0.5, label: some('Label') ?? '', x: roll() < 0.2 ? 0 : 12.25 });
}

describe('fields on their way to the server and back', () => {
  test('whatever the editor can make comes back unchanged, fifty times', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const roll = dice(seed);
      const places: DraftPlace[] = [];
      for (let index = 0; index < 12; index += 1) places.push(anyField(roll, index, places));
      const groups = [...new Set(places.flatMap(({ group }) => group ?? []))].map((key) => ({ key, label: 'Which', min: 0, max: 2 }));
      const made: DraftContent = content(places, { groups });

      const sent = toDraft(made);
      const back = fromEnvelope(answered(sent));

      expect(toDraft(back), `seed ${seed}`).toEqual(sent);
      // What was said is still said, and what was not said is not made up.
      const plain = ({ key: _, document: __, person: ___, ...rest }: DraftPlace) => rest;
      const said = (one: DraftPlace): unknown => JSON.parse(JSON.stringify(plain(one), (_, value: unknown) => (value === null || value === false || value === '' || value === 'sans' || value === 'left' ? undefined : value)));
      expect(back.places.map(said), `seed ${seed}`).toEqual(made.places.map(said));
      expect(back.groups).toEqual(groups);
    }
  });

  test('attributes that this desk does not know are given back as they came', () => {
    const sent = toDraft(content([field('f_1')]));
    const envelope = answered(sent);
    (envelope.fields[0] as unknown as Record<string, unknown>).of_tomorrow = { deep: [1, 2] };

    expect(toDraft(fromEnvelope(envelope)).fields[0]).toMatchObject({ of_tomorrow: { deep: [1, 2] } });
  });

  test('words of the sender name no recipient and stay when people go', () => {
    const made = content([field('words', { type: 'free_text', person: '', value: 'Mine' }), field('theirs')]);
    expect(toDraft(made).fields.map(({ recipient }) => recipient)).toEqual([0, 1]);
    expect(fromEnvelope(answered(toDraft(made))).places[0]?.person).toBe('');
  });

  test('what is left at its default is not sent, so that a large draft stays short', () => {
    expect(Object.keys(toDraft(content([field('f_1')])).fields[0]!).sort()).toEqual(['document', 'height', 'id', 'label', 'page', 'recipient', 'required', 'type', 'width', 'x', 'y']);
  });

  test('a group without fields is not sent: the server would refuse it', () => {
    expect(toDraft(content([field('f_1')], { groups: [{ key: 'left_over' }] })).groups).toBeUndefined();
  });

  test('the palette offers every kind once, and a new one holds what the server asks of it', () => {
    expect(KIND_GROUPS.flatMap(({ kinds }) => kinds).sort()).toEqual([...FIELD_KINDS].sort());
    expect(firstMore('boxed_text', '', String).characters_max).toBeGreaterThan(0);
    expect(firstMore('dropdown', '', String).choices?.options).toHaveLength(2);
    expect(firstMore('free_text', 'Words', String).value).toBe('Words');
  });
});

describe('a finding of the server', () => {
  const found = (pointer: string, made: DraftContent) => placeFinding({ pointer, code: 'x', detail: 'X.' }, made).where;

  test('stands at the part of the field that it names', () => {
    const made = content([field('f_0'), field('f_1')]);
    expect(found('/fields/1/check/pattern', made)).toEqual({ kind: 'place', key: 'key_f_1', part: 'check/pattern' });
    expect(found('/fields/0', made)).toEqual({ kind: 'place', key: 'key_f_0' });
  });

  test('about a group stands at its first field', () => {
    const made = content([field('f_0'), field('f_1', { type: 'radio', group: 'g' })], { groups: [{ key: 'g' }] });
    expect(found('/groups/0/min', made)).toEqual({ kind: 'place', key: 'key_f_1', part: 'group' });
  });

  test('counts only the fields that were sent', () => {
    const made = content([field('lost', { person: 'gone' }), field('f_1')]);
    expect(found('/fields/0', made)).toMatchObject({ key: 'key_f_1' });
  });
});
