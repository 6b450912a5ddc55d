import type { Box } from '../../api/shapes.ts';
import type { DraftPlace } from '../draft/shape.ts';

export type Keys = ReadonlySet<string>;

export function toggled(keys: Keys, key: string): Keys {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The fields that a rectangle drawn on their page touches. */
export function touched(area: Box, places: DraftPlace[]): Keys {
  const meets = (one: Box) =>
    one.x < area.x + area.width && area.x < one.x + one.width && one.y < area.y + area.height && area.y < one.y + one.height;
  return new Set(places.filter(meets).map(({ key }) => key));
}

/** A rectangle from any two of its corners. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** Fields as somebody reads them: by document, page, then from top to bottom. */
export function inOrder(places: DraftPlace[], documents: { key: string }[]): DraftPlace[] {
  const at = new Map(documents.map(({ key }, index) => [key, index]));
  const number = (place: DraftPlace) => at.get(place.document) ?? 0;
  return [...places].sort((a, b) => number(a) - number(b) || a.page - b.page || a.y - b.y || a.x - b.x);
}

/** The field before or after one, round the whole draft. */
export function neighbour(places: DraftPlace[], documents: { key: string }[], from: string | null, by: 1 | -1): DraftPlace | undefined {
  const ordered = inOrder(places, documents);
  const index = ordered.findIndex(({ key }) => key === from);
  if (index < 0) return by === 1 ? ordered[0] : ordered.at(-1);
  return ordered[(index + by + ordered.length) % ordered.length];
}
