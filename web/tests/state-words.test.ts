import { describe, expect, test } from 'vitest';
import { refusalFrom, Unreachable } from '../src/api/problem.ts';
import { ENVELOPE_STATUS, wordsFor } from '../src/desk/list/status-words.ts';
import { wordsForTrouble, wordsForVisit } from '../src/sign/message/state-words.ts';

const problem = (status: number, code: string) => refusalFrom(status, JSON.stringify({ code, detail: 'x' }));

describe('state words', () => {
  test('every state without a screen of its own has words', () => {
    for (const state of ['waiting', 'signing', 'signed', 'not_needed', 'delegated', 'declined', 'ended', 'expired_link', 'link_ended'] as const) {
      expect(wordsForVisit({ state, ended_because: null }), state).not.toBeNull();
    }
  });

  test('whoever named somebody else is told by their act and their name, and is offered no new link', () => {
    const since = '2026-03-02T10:00:00Z';
    const delegated = (act: 'sign' | 'approve', name: string) =>
      wordsForVisit({ state: 'delegated', ended_because: null, act, delegate: { name, since } });
    expect(delegated('sign', 'Ben')?.title).toBe('state.delegated.title');
    expect(delegated('approve', 'Ben')?.title).toBe('state.delegated.title_other');
    expect(delegated('sign', '')?.title).toBe('state.delegated.title_nameless');
    expect(delegated('sign', 'Ben')?.action).toBeUndefined();
    expect(wordsForVisit({ state: 'link_ended', ended_because: null })?.action).toBeUndefined();
    expect(wordsForVisit({ state: 'expired_link', ended_because: null })?.action).toBe('renew');
  });

  test('states with a screen of their own have none here', () => {
    for (const state of ['challenge', 'consent', 'ready', 'download'] as const) expect(wordsForVisit({ state, ended_because: null })).toBeNull();
  });

  test('each way to end is told apart', () => {
    const titles = (['completed', 'declined', 'cancelled', 'expired', null] as const).map(
      (because) => wordsForVisit({ state: 'ended', ended_because: because })?.title,
    );
    expect(new Set(titles).size).toBe(5);
  });

  test('an unknown link, a used one and no connection are told apart, and only what can help is offered', () => {
    expect(wordsForTrouble(problem(404, 'link_unknown')).title).toBe('state.unknown.title');
    expect(wordsForTrouble(problem(410, 'link_ended'))).toMatchObject({ title: 'state.link_ended.title' });
    expect(wordsForTrouble(problem(410, 'link_ended')).action).toBeUndefined();
    expect(wordsForTrouble(new Unreachable()).action).toBe('retry');
    expect(wordsForTrouble(problem(500, 'boom')).action).toBe('retry');
  });

  test('an answer that is not of our making still has a code', () => {
    expect(refusalFrom(413, '<html>too large</html>').code).toBe('upload_too_large');
    expect(refusalFrom(500, '').code).toBe('server_fault');
    expect(refusalFrom(422, '{"code":"not_a_pdf","errors":[{"pointer":"","detail":"d"}]}')).toMatchObject({
      code: 'not_a_pdf',
      findings: [{ pointer: '', detail: 'd' }],
    });
  });

  test('a status that a newer server made up is shown as unknown', () => {
    expect(wordsFor(ENVELOPE_STATUS, 'frozen').key).toBe('desk.status.unknown');
    expect(wordsFor(ENVELOPE_STATUS, 'draft').key).toBe('desk.status.draft');
  });
});
