import { describe, expect, test, vi } from 'vitest';
import type { Placing, Visit } from '../src/api/ceremony.ts';
import { fieldAt, offered, refusal } from '../src/sign/placing/placing.ts';
import { Room } from '../src/sign/room/room.svelte.ts';

const A4 = { width: 595, height: 842 };
const all: Placing['types'] = ['signature', 'initials', 'date_signed', 'recipient_name', 'text'];

function room(takes: Placing['documents'][number]['takes'][], keeper = {}, most = 50): Room {
  const documents = takes.map((_, index) => ({ number: index + 1, title: '', pages: [A4], revision: '' }));
  const placing = { types: all, most, documents: takes.map((one, index) => ({ number: index + 1, takes: one })) };
  return new Room({ state: 'ready', documents, fields: [], placing } as unknown as Visit, () => Promise.reject(new Error('no file')), keeper);
}

const at = (document: number) => ({ document, page: 1, size: A4 });

describe('placing', () => {
  test('begins with the signature in the hand, where any document takes one', () => {
    expect([room(['anything']).tool, room(['nothing', 'one_signature']).tool, room(['nothing']).tool]).toEqual(['signature', 'signature', null]);
  });

  test('a field comes to lie around the finger, whole on its page, and is told to whoever keeps it', () => {
    const placed = vi.fn();
    const own = room(['anything'], { placed });
    own.put(fieldAt(own, 'signature', at(1), { x: 300, y: 400 }));
    own.put(fieldAt(own, 'date_signed', at(1), { x: 594, y: 1 }));
    const [date, signature] = own.placed;
    expect(signature).toMatchObject({ x: 217.5, y: 381.5, width: 165, height: 37, document: 1, page: 1, placed: true, required: true });
    expect(date).toMatchObject({ x: 505, y: 0 });
    expect([own.tool, own.unplaced, placed.mock.calls.length]).toEqual([null, true, 2]);
    expect(signature?.id).toMatch(/^own-\w{8,60}$/);
  });

  test('what the keyboard puts twice lies beside what is there', () => {
    const own = room(['anything']);
    own.put(fieldAt(own, 'signature', at(1)));
    own.put(fieldAt(own, 'signature', at(1)));
    const [one, other] = own.placed;
    expect(other!.y).toBeGreaterThanOrEqual(one!.y + one!.height);
  });

  test('a document takes what the server says it takes', () => {
    const own = room(['anything', 'one_signature', 'nothing'], {}, 3);
    expect(all.map((type) => refusal(own, type, 1))).toEqual([null, null, null, null, null]);
    expect([refusal(own, 'signature', 2), refusal(own, 'text', 2), refusal(own, 'signature', 3)]).toEqual([null, 'placing.one_signature', 'placing.certified']);
    own.put(fieldAt(own, 'signature', at(2), { x: 100, y: 100 }));
    expect(refusal(own, 'signature', 2)).toBe('placing.one_signature');
    own.put(fieldAt(own, 'text', at(1), { x: 100, y: 100 }));
    expect(refusal(own, 'text', 1)).toBeNull();
    own.put(fieldAt(own, 'text', at(1), { x: 100, y: 200 }));
    expect(refusal(own, 'text', 1)).toBe('placing.too_many');
  });

  test('only kinds that can go somewhere are offered', () => {
    expect([offered(room(['anything', 'nothing'])), offered(room(['one_signature'])), offered(room(['nothing']))]).toEqual([all, ['signature'], []]);
  });

  test('what was taken away leaves nothing behind, and what is not kept yet wins over what the server remembers', () => {
    const own = room(['anything']);
    const field = fieldAt(own, 'text', at(1), { x: 100, y: 100 });
    own.put(field);
    own.set(field.id, 'words');
    own.take({ state: 'ready', documents: [], fields: [], placing: own.placing } as unknown as Visit);
    expect(own.placed.map(({ id }) => id)).toEqual([field.id]);
    own.remove(field.id);
    expect([own.placed, own.sendable()]).toEqual([[], {}]);
    own.unplaced = false;
    own.take({ state: 'ready', documents: [], fields: [field], placing: own.placing } as unknown as Visit);
    expect(own.placed).toHaveLength(1);
  });
});
