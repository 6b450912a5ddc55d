import type { Box, PageSize } from '../../api/shapes.ts';
import { keepOnPage } from '../../pdf/geometry.ts';

export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export const DISTRIBUTIONS = ['across', 'down'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** A box with the page it stands on: fields of several pages can be arranged together. */
export type Placed = Box & { key: string };

const right = (box: Box) => box.x + box.width;
const bottom = (box: Box) => box.y + box.height;

/** Every box at the same edge, or with its middle on the same line, of what they take up together. */
export function align(boxes: Placed[], to: Alignment): Placed[] {
  const [left, top] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const [end, foot] = [Math.max(...boxes.map(right)), Math.max(...boxes.map(bottom))];
  return boxes.map((box) => {
    switch (to) {
      case 'left':
        return { ...box, x: left };
      case 'centre':
        return { ...box, x: (left + end - box.width) / 2 };
      case 'right':
        return { ...box, x: end - box.width };
      case 'top':
        return { ...box, y: top };
      case 'middle':
        return { ...box, y: (top + foot - box.height) / 2 };
      case 'bottom':
        return { ...box, y: foot - box.height };
    }
  });
}

/** The same gap between each box and the next; the outer two stay. */
export function distribute(boxes: Placed[], way: Distribution): Placed[] {
  if (boxes.length < 3) return boxes;
  const [start, length] = way === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const ordered = [...boxes].sort((a, b) => a[start] - b[start]);
  const [first, last] = [ordered[0]!, ordered.at(-1)!];
  const taken = ordered.reduce((sum, box) => sum + box[length], 0);
  const gap = (last[start] + last[length] - first[start] - taken) / (ordered.length - 1);
  let at = first[start];
  const places = new Map<string, number>();
  for (const box of ordered) {
    places.set(box.key, at);
    at += box[length] + gap;
  }
  return boxes.map((box) => ({ ...box, [start]: places.get(box.key)! }));
}

/** Every box as large as `model`. */
export function sameSize(boxes: Placed[], model: Box): Placed[] {
  return boxes.map((box) => ({ ...box, width: model.width, height: model.height }));
}

export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';
export const HANDLES: Handle[] = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];

/** What pulling at a side or a corner makes of a box; the opposite side stays where it is. */
export function pulled(box: Box, handle: Handle, dx: number, dy: number, page: PageSize, smallest = 8): Box {
  let [x0, y0, x1, y1] = [box.x, box.y, right(box), bottom(box)];
  if (handle.includes('w')) x0 = Math.max(0, Math.min(x0 + dx, x1 - smallest));
  if (handle.includes('e')) x1 = Math.min(page.width, Math.max(x1 + dx, x0 + smallest));
  if (handle.includes('n')) y0 = Math.max(0, Math.min(y0 + dy, y1 - smallest));
  if (handle.includes('s')) y1 = Math.min(page.height, Math.max(y1 + dy, y0 + smallest));
  return keepOnPage({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 }, page);
}
