import { expect, test } from 'vitest';
import type { TestMessage } from '../src/api/desk.ts';
import { messagesOf, parts } from '../src/desk/envelope/message-text.ts';

test('addresses in a message can be followed, and nothing in it is markup', () => {
  expect(parts('Sign here:\nhttp://127.0.0.1/s/abc\n<b>Bye</b>')).toEqual([
    { text: 'Sign here:\n' },
    { text: 'http://127.0.0.1/s/abc', href: 'http://127.0.0.1/s/abc' },
    { text: '\n<b>Bye</b>' },
  ]);
  expect(parts('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)' }]);
});

test('a test shows messages to its own people since it was sent', () => {
  const message = (to: string, at: string): TestMessage => ({ id: `${to} ${at}`, at, to, channel: 'email', subject: '', text: '' });
  const envelope = {
    sent_at: '2026-05-01T10:00:00Z',
    sender: { name: 'Me', email: 'me@example.com' },
    recipients: [{ email: 'Ana@example.com' }],
  } as unknown as Parameters<typeof messagesOf>[0];
  const all = [
    message('ana@example.com', '2026-05-01T10:00:01Z'),
    message('ana@example.com', '2026-05-01T09:00:00Z'),
    message('bo@example.com', '2026-05-01T11:00:00Z'),
    message('me@example.com', '2026-05-01T11:00:00Z'),
  ];
  expect(messagesOf(envelope, all)).toEqual([all[0], all[3]]);
  expect(messagesOf({ ...envelope, sent_at: null }, all)).toEqual([]);
});
