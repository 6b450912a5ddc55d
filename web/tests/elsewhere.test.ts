import { describe, expect, test, vi } from 'vitest';
import type { CeremonyApi, Challenge } from '../src/api/ceremony.ts';
import { Refusal } from '../src/api/problem.ts';
import { cameBack, inFrame, remember, troubleElsewhere } from '../src/sign/challenge/elsewhere.ts';
import { Proof } from '../src/sign/challenge/proof.svelte.ts';

/** What a tab remembers. */
function tab() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
  return { kept, open: () => storage };
}
const denied = () => {
  throw new DOMException('denied', 'SecurityError');
};
const ADDRESS = 'https://login.example.com/auth?realm=a&state=s%2B1&nonce=n';

describe('the way back', () => {
  test('leads to the link that was left, once, and for this sign-in alone', () => {
    const { open, kept } = tab();
    expect(remember(ADDRESS, 'link-token', open)).toBe(true);
    expect(cameBack('code=1&state=another', open)).toBeNull();
    expect(cameBack('code=1', open)).toBeNull();
    expect(cameBack('?code=1&state=s%2B1', open)).toBe('link-token');
    expect(cameBack('?code=1&state=s%2B1', open)).toBeNull();
    expect(kept.size).toBe(0);
  });

  test('is not gone where the browser remembers nothing, or nothing could be found again', () => {
    expect(remember(ADDRESS, 'link-token', denied)).toBe(false);
    expect(cameBack('code=1&state=s', denied)).toBeNull();
    expect(remember('https://login.example.com/auth', 'link-token', tab().open)).toBe(false);
  });

  test('starts in a window of its own, whoever shows the frame', () => {
    const view = {} as Window;
    expect(inFrame({ top: view })).toBe(true);
    const alone = { top: null as Window | null };
    alone.top = alone as unknown as Window;
    expect(inFrame(alone)).toBe(false);
  });
});

describe('what went wrong elsewhere', () => {
  test.each([
    ['oidc_denied', 'oidc_denied'],
    ['oidc_other_attempt', 'oidc_over'],
    ['code_expired', 'oidc_over'],
    ['oidc_unreachable', 'oidc_unreachable'],
    ['oidc_not_proved_again', 'oidc_again'],
    ['oidc_client_refused', 'oidc_settings'],
    ['oidc_of_a_newer_server', 'oidc_settings'],
    ['identity_provider_missing', 'oidc_settings'],
    ['recipient_locked', null],
  ])('%s is told as %s', (code, told) => {
    expect(troubleElsewhere(code)).toBe(told);
  });

  const challenge: Challenge = { method: 'oidc', destination: 'Example Login', question: null, code_sent_at: null, next_code_at: null, attempts_left: 5, locked: false, again: false };
  function proof(answers: { begin?: unknown; answer?: unknown }) {
    const say = (what: unknown) => vi.fn(async () => {
      if (what instanceof Error) throw what;
      return what;
    });
    const api = { begin: say(answers.begin), answer: say(answers.answer), token: 'link-token' };
    const [passed, moved, leave] = [vi.fn(), vi.fn(async () => {}), vi.fn()];
    return { it: new Proof(api as unknown as CeremonyApi, challenge, passed, moved, leave), api, passed, moved, leave };
  }

  test('a page that can remember nothing is not left, since nobody would come back to it', async () => {
    const { it, leave } = proof({ begin: { visit: 'v', challenge, device: null, sign_in: ADDRESS } });
    await it.goElsewhere();
    expect(leave).not.toHaveBeenCalled();
    expect([it.trouble, it.busy]).toEqual(['proof.trouble.oidc_no_memory', false]);
  });

  test('a page that is left waits, and is not stuck when somebody goes back', async () => {
    const { open } = tab();
    vi.stubGlobal('sessionStorage', open());
    const { it, leave } = proof({ begin: { visit: 'v', challenge, device: null, sign_in: ADDRESS } });
    await it.goElsewhere();
    expect(leave).toHaveBeenCalledWith(ADDRESS);
    expect(it.busy).toBe(true);
    it.stay();
    expect(it.busy).toBe(false);
    vi.unstubAllGlobals();
  });

  test('somebody else is told apart from a wrong word, and from a provider that fails', async () => {
    const wrong = proof({ answer: new Refusal(422, 'answer_wrong', '', [], 3) });
    await wrong.it.comeBack('code=1&state=2');
    expect(wrong.api.answer).toHaveBeenCalledWith('oidc', 'code=1&state=2');
    expect(wrong.it.trouble).toMatch(/^proof\.wrong_person/);
    const failed = proof({ answer: new Refusal(409, 'oidc_unreachable', '') });
    await failed.it.comeBack('code=1&state=2');
    expect(failed.it.trouble).toBe('proof.trouble.oidc_unreachable');
    expect(failed.moved).not.toHaveBeenCalled();
  });
});
