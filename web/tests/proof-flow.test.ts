import { describe, expect, test, vi } from 'vitest';
import type { CeremonyApi, Challenge, Method, Visit } from '../src/api/ceremony.ts';
import { Refusal, Unreachable } from '../src/api/problem.ts';
import { language } from '../src/i18n/language.svelte.ts';
import { Proof } from '../src/sign/challenge/proof.svelte.ts';

const asked = (method: Method, more: Partial<Challenge> = {}): Challenge => ({
  method,
  destination: '+33 •••• 23',
  question: null,
  code_sent_at: '2026-11-22T10:00:00Z',
  next_code_at: null,
  attempts_left: 5,
  locked: false,
  again: false,
  ...more,
});

/** A proof whose server answers with what is given. */
function proof(challenge: Challenge, answers: { begin?: unknown; answer?: unknown; visit?: unknown }) {
  const say = (what: unknown) => vi.fn(async () => {
    if (what instanceof Error) throw what;
    return what;
  });
  const api = { begin: say(answers.begin), answer: say(answers.answer), visit: say(answers.visit) };
  const [passed, moved] = [vi.fn(), vi.fn(async () => {})];
  return { it: new Proof(api as unknown as CeremonyApi, challenge, passed, moved), api, passed, moved };
}

describe('an answer', () => {
  test('goes without the spaces it was pasted with, where it is a code', async () => {
    const visit = {} as Visit;
    const { it, api, passed } = proof(asked('sms_code'), { answer: visit });
    await it.answer(' 123 456 ');
    expect(api.answer).toHaveBeenCalledWith('sms_code', '123456');
    expect(passed).toHaveBeenCalledWith(visit);
  });

  test('goes as it was typed, where it is a word', async () => {
    const { it, api } = proof(asked('secret'), { answer: {} });
    await it.answer('Café de Flore');
    expect(api.answer).toHaveBeenCalledWith('secret', 'Café de Flore');
  });

  test('that is empty asks nothing of the server', async () => {
    const { it, api } = proof(asked('totp'), {});
    await it.answer(' - ');
    expect(api.answer).not.toHaveBeenCalled();
    expect(it.trouble).toBe('proof.empty');
  });

  test('that is wrong leaves so many tries, and the last one reads anew where things stand', async () => {
    const { it, moved } = proof(asked('pin'), { answer: new Refusal(422, 'answer_wrong', '', [], 2) });
    await it.answer('0000');
    expect(it.challenge.attempts_left).toBe(2);
    expect(it.trouble).toMatch(/^proof\.wrong/);
    expect(moved).not.toHaveBeenCalled();
    const last = proof(asked('pin'), { answer: new Refusal(422, 'answer_wrong', '', [], 0) });
    await last.it.answer('0000');
    expect(last.moved).toHaveBeenCalledOnce();
  });

  test('to a code that has grown too old leads back to sending one', async () => {
    const { it, moved } = proof(asked('sms_code'), { answer: new Refusal(409, 'code_expired', '') });
    await it.answer('123456');
    expect(it.challenge.code_sent_at).toBeNull();
    expect(it.trouble).toBe('proof.trouble.code_expired');
    expect(moved).not.toHaveBeenCalled();
  });

  test.each([[409, 'recipient_locked'], [409, 'nothing_asked'], [403, 'authentication_missing'], [410, 'link_ended']])(
    'that is refused with %i %s reads anew where things stand',
    async (status, code) => {
      const { it, moved, passed } = proof(asked('pin'), { answer: new Refusal(status, code, '') });
      await it.answer('1234');
      expect(moved).toHaveBeenCalledOnce();
      expect(passed).not.toHaveBeenCalled();
    },
  );

  test('that did not get through can be given again', async () => {
    const { it, moved } = proof(asked('pin'), { answer: new Unreachable() });
    await it.answer('1234');
    expect([it.trouble, it.busy]).toEqual(['proof.trouble.unreachable', false]);
    expect(moved).not.toHaveBeenCalled();
  });
});

describe('a code', () => {
  test('that was sent starts the wait for the next one, which ends with the page', async () => {
    vi.useFakeTimers();
    const next = new Date(Date.now() + 30_000).toISOString();
    const { it } = proof(asked('sms_code', { code_sent_at: null }), { begin: { visit: 'v', challenge: asked('sms_code', { next_code_at: next }), device: null } });
    expect(it.wait).toBe(0);
    await it.send();
    expect(it.wait).toBe(30);
    vi.advanceTimersByTime(12_000);
    expect(it.wait).toBe(18);
    vi.advanceTimersByTime(18_000);
    expect(it.wait).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    it.stop();
    vi.useRealTimers();
  });

  test('that got lost on its way is told once a new one can be asked for, by looking once', async () => {
    vi.useFakeTimers();
    const next = new Date(Date.now() + 30_000).toISOString();
    const lost = asked('sms_code', { undelivered: true });
    for (const [told, shown] of [[lost, true], [asked('sms_code'), undefined], [asked('pin', { undelivered: true }), undefined], [null, undefined]] as const) {
      const { it, api } = proof(asked('sms_code', { next_code_at: next }), { visit: { challenge: told } });
      vi.advanceTimersByTime(29_000);
      expect(api.visit).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(api.visit).toHaveBeenCalledOnce();
      expect(it.challenge.undelivered).toBe(shown);
      vi.setSystemTime(Date.parse(next) - 30_000);
    }
    const { it } = proof(asked('sms_code', { next_code_at: next }), { visit: new Unreachable() });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.trouble).toBe('');
    vi.useRealTimers();
  });

  test('that is asked for too soon reads anew when the next one can be', async () => {
    const { it, moved } = proof(asked('sms_code', { code_sent_at: null }), { begin: new Refusal(429, 'code_too_soon', '') });
    await it.send();
    expect(moved).toHaveBeenCalledOnce();
  });

  test('that the month does not hold any more is said in the language of the page', async () => {
    language.catalog = { 'proof.trouble.telephone_allowance_used': 'Plus de code par téléphone.' };
    const { it } = proof(asked('sms_code', { code_sent_at: null }), { begin: new Refusal(409, 'telephone_allowance_used', 'used up') });
    await it.send();
    expect(it.trouble).toBe('Plus de code par téléphone.');
    language.catalog = {};
  });
});
