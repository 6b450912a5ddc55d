import { describe, expect, test } from 'vitest';
import { base64, imageKind } from '../src/ink/image-file.ts';
import { initialsOf } from '../src/ink/initials.ts';
import { MOST_POINTS, normalise, thin } from '../src/ink/normalise.ts';
import { strokePath } from '../src/ink/smooth.ts';
import { fontOf } from '../src/ink/hand.ts';

describe('ink', () => {
  test('is cut to what was drawn, with a margin, wherever on the pad it was', () => {
    const ink = normalise([[[100, 50], [200, 90]]]);
    expect(ink).toEqual({ kind: 'drawn', width: 112, height: 52, strokes: [[[6, 6], [106, 46]]] });
  });

  test('without a line is no signature: nothing, and a single dot', () => {
    expect(normalise([])).toBeNull();
    expect(normalise([[[10, 10]]])).toBeNull();
  });

  test('keeps the dot on an i beside its lines', () => {
    expect(normalise([[[0, 10], [0, 40]], [[0, 2]]])?.strokes).toHaveLength(2);
  });

  test('drops points that cannot be seen apart and keeps the last one', () => {
    expect(thin([[0, 0], [0.1, 0], [0.2, 0], [5, 0], [5.1, 0]])).toEqual([[0, 0], [5.1, 0]]);
  });

  test('of an endless scribble stays within what the server takes', () => {
    const scribble = Array.from({ length: 40_000 }, (_, index): [number, number] => [index % 300, (index * 7) % 180]);
    expect(normalise([scribble])?.strokes.flat().length).toBeLessThanOrEqual(MOST_POINTS);
  });

  test('becomes curves through the middles between points', () => {
    expect(strokePath([[0, 0], [10, 10], [20, 0]])).toBe('M0 0Q10 10 15 5L20 0');
    expect(strokePath([[3, 4]])).toBe('M3 4l0.01 0');
    expect(strokePath([])).toBe('');
  });

  test('initials are the first letters of each part of a name', () => {
    expect(initialsOf('Jean-Pierre de La Tour')).toBe('JPDL');
    expect(initialsOf('  Ana  Kovač ')).toBe('AK');
    expect(initialsOf('Élodie O’Brien (Ltd)')).toBe('ÉOL');
    expect(initialsOf('')).toBe('');
  });

  test('an image is known by its first bytes, whatever its name', () => {
    expect(imageKind(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png');
    expect(imageKind(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(imageKind(new TextEncoder().encode('GIF89a'))).toBeNull();
  });

  test('base64 of many bytes is that of all of them', () => {
    const bytes = new Uint8Array(100_000).fill(7);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

test('a typed name is shown in the kind of letters that the server draws it with', () => {
  for (const name of ['Jane Doe', 'Łukasz Żółw', 'Ольга Щербакова', "O'Neill-Smith, 2."]) expect(fontOf(name)).toContain('Caveat');
  for (const name of ['Ελένη', 'Jane Παππά']) expect(fontOf(name)).toMatch(/^italic .*serif/);
  for (const name of ['张伟', 'Zhang 张伟', 'श्रीमती कविता शर्मा', 'محمد', 'Ελένη 张']) expect(fontOf(name)).toMatch(/^400 .*sans-serif/);
});
