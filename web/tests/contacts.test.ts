import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../src/api/contacts.ts';
import type { User } from '../src/api/users.ts';
import { EVENTS } from '../src/api/webhooks.ts';
import { stepOf } from '../src/desk/contacts/combobox.ts';
import { takeContact, worthKeeping } from '../src/desk/contacts/take.ts';
import { notePhones, phoneWarnings } from '../src/desk/draft/convert-person.ts';
import { emptyDraft, emptyPerson, type DraftPerson } from '../src/desk/draft/shape.ts';
import { colleagues, offeredRoles, possibleFor } from '../src/desk/office/users/roles.ts';

const person = (more: Partial<DraftPerson>): DraftPerson => ({ ...emptyPerson('en'), ...more });
const ada: Contact = { id: 'con_1', name: 'Ada Lovelace', email: 'ada@example.org', phone: '+33612345678', language: 'fr', company: '', title: '', test: false };

describe('a list that is offered below a field', () => {
  test('is gone through with the arrows, and left at either end for what was typed', () => {
    expect(stepOf('ArrowDown', true, -1, 2)).toEqual({ to: 0 });
    expect(stepOf('ArrowDown', true, 1, 2)).toEqual({ to: -1 });
    expect(stepOf('ArrowUp', true, -1, 2)).toEqual({ to: 1 });
    expect(stepOf('ArrowUp', true, 0, 2)).toEqual({ to: -1 });
  });

  test('gives what is marked with Enter, nothing where nothing is, and goes away with Escape', () => {
    expect(stepOf('Enter', true, 1, 2)).toBe('choose');
    expect(stepOf('Enter', true, -1, 2)).toBe('close');
    expect(stepOf('Escape', true, 1, 2)).toBe('close');
    for (const key of ['a', 'Home', 'End', 'ArrowLeft', 'Tab']) expect(stepOf(key, true, 0, 2), key).toBeNull();
  });

  test('comes back with the arrow down, and leaves every key alone while it is away', () => {
    expect(stepOf('ArrowDown', false, -1, 2)).toBe('open');
    expect(stepOf('ArrowDown', false, -1, 0)).toBeNull();
    for (const key of ['Enter', 'Escape', 'ArrowUp']) expect(stepOf(key, false, -1, 2), key).toBeNull();
  });
});

describe('a contact', () => {
  test('fills a row, and leaves a telephone that it has none of', () => {
    const row = person({ name: 'Ada', phone: '+4915112345678', role: 'approver' });
    takeContact(row, { ...ada, phone: '' });
    expect(row).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.org', language: 'fr', phone: '+4915112345678', role: 'approver' });
    takeContact(row, ada);
    expect(row.phone).toBe('+33612345678');
  });

  test('can be made of everybody who has a name and an address, once, and not of the sender', () => {
    const people = [
      person({ key: 'a', name: 'Ada', email: 'ada@example.org' }),
      person({ key: 'b', name: 'Ada again', email: 'ADA@example.org' }),
      person({ key: 'c', name: 'Me', email: 'Owner@example.org' }),
      person({ key: 'd', name: '', email: 'ben@example.org' }),
      person({ key: 'e', name: 'Half', email: 'half@' }),
      person({ key: 'f', name: 'Later', email: 'later@example.org', vacant: true }),
    ];
    expect(worthKeeping({ ...emptyDraft('en', 'UTC', false), people }, 'owner@example.org').map(({ key }) => key)).toEqual(['a']);
  });

  test('gives its telephone to a row where nothing was typed meanwhile', () => {
    const sent = [person({ key: 'a', email: 'a@example.org' }), person({ key: 'b', email: 'b@example.org' }), person({ key: 'c', email: 'c@example.org' })];
    const now = [{ ...sent[0]! }, { ...sent[1]!, phone: '+4912345678' }, { ...sent[2]!, email: 'other@example.org' }];
    notePhones(now, sent, [{ phone: '+331' }, { phone: '+332' }, { phone: '+333' }]);
    expect(now.map(({ phone }) => phone)).toEqual(['+331', '+4912345678', '']);
    notePhones(now, sent, []);
    expect(now[0]!.phone).toBe('+331');
  });
});

test('a doubt about a number stands with the person whose number it is', () => {
  const people = [person({ key: 'a' }), person({ key: 'b' }), person({ key: 'c' })];
  expect(phoneWarnings(people, [{}, { phone_warning: 'fixed_line' }, { phone_warning: null }])).toEqual({ b: 'fixed_line' });
  expect(phoneWarnings(people, [])).toEqual({});
});

describe('a colleague', () => {
  const user = (id: string, role: User['role'], enabled = true): User => ({ id, name: id, email: `${id}@example.org`, role, enabled });

  test('is looked after by admins, an owner by owners alone, and nobody switches themselves off', () => {
    const admin = { id: 'adam', role: 'admin' as const };
    expect(possibleFor(user('mia', 'member'), admin)).toEqual(['role', 'off']);
    expect(possibleFor(user('mia', 'member', false), admin)).toEqual(['on']);
    expect(possibleFor(user('adam', 'admin'), admin)).toEqual([]);
    expect(possibleFor(user('olga', 'owner'), admin)).toEqual([]);
    expect(possibleFor(user('olga', 'owner'), { id: 'otto', role: 'owner' })).toEqual(['role', 'off']);
    expect(possibleFor(user('adam', 'admin'), { id: 'mia', role: 'member' })).toEqual([]);
    expect(offeredRoles(['member', 'admin', 'owner'], 'admin')).toEqual(['member', 'admin']);
    expect(offeredRoles(['member', 'admin', 'owner'], 'owner')).toEqual(['member', 'admin', 'owner']);
  });

  test('takes over only where they may sign in, and not from themselves', () => {
    const all = [user('adam', 'admin'), user('mia', 'member', false), user('olga', 'owner')];
    expect(colleagues(all, 'Olga@example.org').map(({ id }) => id)).toEqual(['adam']);
  });
});

test('each event that the server tells programs of can be chosen', () => {
  const told = readFileSync(new URL('../../crates/service/src/webhooks/told.rs', import.meta.url), 'utf8');
  const list = /NAMES: &\[&str\] = &\[([^\]]*)\]/.exec(told)?.[1] ?? '';
  expect([...EVENTS]).toEqual([...list.matchAll(/"([\w.]+)"/g)].map(([, name]) => name));
});
