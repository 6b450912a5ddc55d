import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FirstSight } from '../src/pdf/first-sight.svelte.ts';
import { sightWidth } from '../src/pdf/sight-width.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Whether everything else may be loaded by now. */
async function isSettled(sight: FirstSight): Promise<boolean> {
  let settled = false;
  void sight.settled.then(() => (settled = true));
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

test('the rest waits until the picture is on the screen', async () => {
  const sight = new FirstSight(async () => new Blob(['png']));
  expect(await isSettled(sight)).toBe(false);
  expect(sight.url).toMatch(/^blob:/);
  sight.seen();
  expect(await isSettled(sight)).toBe(true);
});

test('a page that cannot be drawn is said to be so and keeps nothing waiting', async () => {
  const sight = new FirstSight(async () => {
    throw new Error('page_not_drawable');
  });
  expect(await isSettled(sight)).toBe(true);
  expect([sight.url, sight.failed]).toEqual([null, true]);
});

test('a picture that does not come keeps nothing waiting for longer than four seconds', async () => {
  const sight = new FirstSight(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(3999);
  expect(await isSettled(sight)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isSettled(sight)).toBe(true);
});

test('a picture that comes after the page itself is not shown any more', async () => {
  let arrive = (_: Blob) => {};
  const sight = new FirstSight(() => new Promise((done) => (arrive = done)));
  sight.close();
  arrive(new Blob(['png']));
  await vi.advanceTimersByTimeAsync(0);
  expect(sight.url).toBe(null);
});

test('a phone gets the smaller picture', () => {
  expect([390, 800, 801, 1280].map(sightWidth)).toEqual([800, 800, 1600, 1600]);
});
