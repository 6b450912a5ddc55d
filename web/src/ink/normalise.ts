import type { Ink } from '../api/shapes.ts';
import type { Stroke } from './smooth.ts';

/** Space around the ink in CSS pixels: half a pen and a little air. */
const MARGIN = 6;
/** Points nearer than this to the one before say nothing that can be seen. */
const NEAREST = 0.8;
/** What the server takes at most; a signature has some hundred points, a scribble some thousand. */
export const MOST_STROKES = 200;
export const MOST_POINTS = 8000;

/** Drops points that cannot be seen apart; the first and the last one stay. */
export function thin(stroke: Stroke, nearest = NEAREST): Stroke {
  const kept: Stroke = [];
  stroke.forEach((point, index) => {
    const before = kept[kept.length - 1];
    const far = !before || Math.hypot(point[0] - before[0], point[1] - before[1]) >= nearest;
    if (far) kept.push(point);
    else if (index === stroke.length - 1 && kept.length > 1) kept[kept.length - 1] = point;
  });
  return kept;
}

/**
 * The drawing cut to what was drawn: a small signature in the corner of a large pad fills its place in the document.
 * Gives `null` when there is nothing to be called a signature (no stroke longer than a dot).
 */
export function normalise(strokes: Stroke[]): Extract<Ink, { kind: 'drawn' }> | null {
  let kept = strokes.map((stroke) => thin(stroke)).filter((stroke) => stroke.length > 0).slice(0, MOST_STROKES);
  for (let nearest = NEAREST * 2; count(kept) > MOST_POINTS; nearest *= 2) kept = kept.map((stroke) => thin(stroke, nearest));
  const points = kept.flat();
  if (!kept.some((stroke) => stroke.length > 1)) return null;
  const left = Math.min(...points.map((point) => point[0])) - MARGIN;
  const top = Math.min(...points.map((point) => point[1])) - MARGIN;
  const right = Math.max(...points.map((point) => point[0])) + MARGIN;
  const bottom = Math.max(...points.map((point) => point[1])) + MARGIN;
  return {
    kind: 'drawn',
    width: tenth(right - left),
    height: tenth(bottom - top),
    strokes: kept.map((stroke) => stroke.map(([x, y]) => [tenth(x - left), tenth(y - top)] as [number, number])),
  };
}

function count(strokes: Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
