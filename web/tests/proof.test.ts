import { describe, expect, test } from 'vitest';
import { secondsUntil, noteServerTime } from '../src/api/server-time.ts';
import { VisitToken } from '../src/api/visit-token.ts';
import { bareCode, codeLength, ending, waitingTime } from '../src/sign/challenge/code.ts';
import { creationOptions, fromBytes, inForeignFrame, requestOptions, toBytes } from '../src/sign/challenge/passkey.ts';

describe('codes', () => {
  test('a code that was pasted with spaces, dashes or wide digits is the same code', () => {
    for (const text of ['123456789', ' 123 456 789\n', '123-456-789', '123–456.789', '１２３４５６７８９']) expect(bareCode(text)).toBe('123456789');
  });

  test('only what is sent or shown as digits is a code', () => {
    expect(['email_code', 'sms_code', 'voice_code', 'totp'].map((method) => codeLength(method as 'totp'))).toEqual([9, 6, 6, 6]);
    expect(['secret', 'pin', 'passkey'].map((method) => codeLength(method as 'pin'))).toEqual([null, null, null]);
  });

  test('of a masked number the end is said, of anything else all of it', () => {
    expect(ending('+33 •••• 23')).toBe('•••• 23');
    expect(ending('')).toBe('');
  });

  test('a wait is told as on a clock', () => {
    expect([waitingTime(5), waitingTime(65), waitingTime(3600)]).toEqual(['0:05', '1:05', '60:00']);
  });
});

test('a countdown leans on the clock of the server, not on that of the device', () => {
  const wrong = Date.parse('2031-01-01T00:00:00Z');
  noteServerTime('Sun, 22 Nov 2026 10:00:00 GMT', wrong);
  expect(secondsUntil('2026-11-22T10:00:30Z', wrong)).toBe(30);
  expect(secondsUntil('2026-11-22T10:00:30Z', wrong + 29_500)).toBe(1);
  expect(secondsUntil('2026-11-22T10:00:30Z', wrong + 31_000)).toBe(0);
  noteServerTime('no date', wrong);
  noteServerTime(null, wrong);
  expect(secondsUntil('2026-11-22T10:00:30Z', wrong)).toBe(30);
  expect(secondsUntil(null)).toBe(0);
});

describe('the token of a visit', () => {
  const kept = new Map<string, string>();
  const tab = () => ({ getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }) as Storage;

  test('survives a reload of the tab, and belongs to one link', () => {
    new VisitToken('one', tab).take('abc');
    expect(new VisitToken('one', tab).value).toBe('abc');
    expect(new VisitToken('two', tab).value).toBeNull();
  });

  test('lives in memory where the browser forbids to keep anything', () => {
    const token = new VisitToken('one', () => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(token.value).toBeNull();
    token.take('abc');
    token.take(null);
    expect(token.value).toBe('abc');
  });
});

describe('passkeys in a browser that cannot read JSON', () => {
  test('bytes go there and back', () => {
    const bytes = Uint8Array.from([0, 250, 255, 3, 62]);
    expect(fromBytes(bytes.buffer)).toBe('APr_Az4');
    expect([...toBytes('APr_Az4')]).toEqual([...bytes]);
  });

  test('what is bytes is turned, and the rest is left', () => {
    const made = creationOptions({ challenge: 'AQI', user: { id: 'Aw', name: 'ada' }, rp: { name: 'x' }, excludeCredentials: [{ id: 'BA', type: 'public-key' }] });
    expect(made.challenge).toEqual(Uint8Array.from([1, 2]));
    expect(made.user).toEqual({ id: Uint8Array.from([3]), name: 'ada' });
    expect(made.excludeCredentials).toEqual([{ id: Uint8Array.from([4]), type: 'public-key' }]);
    expect(requestOptions({ challenge: 'AQI' })).toMatchObject({ challenge: Uint8Array.from([1, 2]), allowCredentials: [] });
  });
});

test('a frame of another site is told from one of our own', () => {
  const view = (top: unknown) => ({ top, location: { origin: 'https://a.example' } }) as never;
  const closed = Object.defineProperty({}, 'location', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
  expect(inForeignFrame(view({ location: { origin: 'https://a.example' } }))).toBe(false);
  expect(inForeignFrame(view({ location: { origin: 'https://b.example' } }))).toBe(true);
  expect(inForeignFrame(view(closed))).toBe(true);
});
