import type { FieldKind, TextPlace } from '../../api/fields.ts';
import type { Box, PageSize } from '../../api/shapes.ts';
import { FIRST_SIZE, keepOnPage } from '../../pdf/geometry.ts';

export interface Occurrence extends TextPlace {
  /** Number of the document, from 1. */
  document: number;
}

export type Side = 'over' | 'right' | 'below' | 'above';

/** Between a text and the field beside it, in points. */
const GAP = 4;

/** The box of a field at a place of a text: over it from its left edge, or beside it. */
export function besideText(text: Box, kind: FieldKind, side: Side, page: PageSize): Box {
  const { width, height } = FIRST_SIZE[kind];
  const middle = text.y + text.height / 2 - height / 2;
  const at = {
    over: { x: text.x, y: middle },
    right: { x: text.x + text.width + GAP, y: middle },
    below: { x: text.x, y: text.y + text.height + GAP },
    above: { x: text.x, y: text.y - height - GAP },
  }[side];
  return keepOnPage({ ...at, width, height }, page);
}
