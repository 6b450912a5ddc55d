import { describe, expect, test } from 'vitest';
import { endingOf, FrameVoice, toldOrigins } from '../src/sign/frame/frame-events.ts';
import { statusOf, wayBack } from '../src/edit/ending.ts';
import { outcomeOf, returnAddress, type Outcome } from '../src/sign/returns/returns.ts';

const visit = (state: string, ended_because: string | null = null) => ({ state, ended_because }) as never;

describe('going back', () => {
  test('each end has its status, and what goes on has none', () => {
    expect(outcomeOf(visit('ready'), true)).toBe('success');
    expect(outcomeOf(visit('signed'), false)).toBe('success');
    expect(outcomeOf(visit('declined'), false)).toBe('decline');
    expect(outcomeOf(visit('ended', 'expired'), false)).toBe('expired');
    expect(outcomeOf(visit('ended', 'cancelled'), false)).toBe('failure');
    expect(outcomeOf(visit('not_needed'), false)).toBe('failure');
    expect(outcomeOf(visit('delegated'), false)).toBe('failure');
    expect(outcomeOf(visit('link_ended'), false)).toBe('expired');
    for (const state of ['challenge', 'consent', 'ready', 'waiting', 'download']) expect(outcomeOf(visit(state), false), state).toBeNull();
  });

  test('the status is added to what the address asks for already', () => {
    const returns = { done: 'https://shop.example/back?order=7#top', declined: null, failed: 'http://shop.example/failed' };
    expect(returnAddress(returns, 'success')?.href).toBe('https://shop.example/back?order=7&status=success#top');
    expect(returnAddress(returns, 'expired')?.href).toBe('http://shop.example/failed?status=expired');
    expect(returnAddress(returns, 'decline')).toBeNull();
    expect(returnAddress(undefined, 'success')).toBeNull();
  });

  test('who sent it themselves goes back with the words of that', () => {
    const returns = { done: 'https://shop.example/back', declined: 'https://shop.example/back', failed: 'https://shop.example/back' };
    const status = (outcome: Outcome) => returnAddress(returns, outcome, true)?.searchParams.get('status');
    const all = ['success', 'decline', 'failure', 'expired'] as const;
    expect(all.map(status)).toEqual(['SIGNATURE_SUCCESS', 'SIGNATURE_DECLINE', 'SIGNATURE_CANCELLED', 'SIGNATURE_CANCELLED']);
  });

  test('each end at an address for editing has its status', () => {
    const endings = ['updated', 'sent', 'discarded', 'unsigned'] as const;
    const words = ['WORKFLOW_UPDATED', 'WORKFLOW_LAUNCHED', 'WORKFLOW_CANCELED', 'SIGNATURE_CANCELLED'];
    expect(endings.map(statusOf)).toEqual(words);
    expect(endings.map((ending) => wayBack('https://app.example/back?order=7', ending)?.href)).toEqual(words.map((word) => `https://app.example/back?order=7&status=${word}`));
    expect(wayBack('https://app.example', 'sent')?.href).toBe('https://app.example/?status=WORKFLOW_LAUNCHED');
    expect(wayBack(null, 'sent')).toBeNull();
    expect(wayBack('javascript:alert(1)', 'sent')).toBeNull();
  });

  test('only addresses of the web are followed', () => {
    for (const done of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative']) expect(returnAddress({ done }, 'success')).toBeNull();
  });
});

describe('the page around', () => {
  test('only named origins are told, and of these the one that shows the frame', () => {
    const named = ['https://a.example', 'https://b.example', 'https://*.c.example', 'https://a.example'];
    expect(toldOrigins(named, null)).toEqual(['https://a.example', 'https://b.example']);
    expect(toldOrigins(named, ['https://b.example', 'https://a.example'])).toEqual(['https://b.example']);
    expect(toldOrigins(named, ['https://evil.example'])).toEqual([]);
  });

  test('each sentence is said once, and nothing outside a frame', () => {
    const said: unknown[] = [];
    const parent = { postMessage: (...args: unknown[]) => said.push(args) };
    const voice = new FrameVoice({ parent, location: {} } as never);
    voice.say({ type: 'declined' });
    expect(said).toEqual([]);
    voice.tellOnly(['https://a.example']);
    voice.say({ type: 'declined' });
    voice.say({ type: 'declined' });
    expect(said).toEqual([[{ source: 'countersign', type: 'declined' }, 'https://a.example']]);

    const alone = { location: {}, postMessage: () => said.push('alone') } as never as { parent: unknown };
    alone.parent = alone;
    const lonely = new FrameVoice(alone as never);
    lonely.tellOnly(['https://a.example']);
    lonely.say({ type: 'declined' });
    expect(said).toHaveLength(1);
  });

  test('the end of a visit is told by its kind', () => {
    expect(endingOf(visit('ready'), false)).toBeNull();
    expect(endingOf(visit('ready'), true)).toEqual({ type: 'signed', act: 'sign' });
    expect(endingOf(visit('ended', 'cancelled'), false)).toEqual({ type: 'ended', because: 'cancelled' });
    for (const state of ['not_needed', 'delegated', 'expired_link', 'link_ended'] as const) {
      expect(endingOf(visit(state), false)).toEqual({ type: 'ended', because: state });
    }
  });
});
