import type { Box, PageSize } from '../../api/shapes.ts';

/** Nearer than so many points, a field is drawn to a line. */
export const NEAR = 4;

export interface Snapped {
  dx: number;
  dy: number;
  /** The lines it stands at now, to be shown: from the left, from the top. */
  x: number | null;
  y: number | null;
}

/** The lines of a page that fields are drawn to: edges and middles of the other fields, and the middle of the page. */
export interface Lines {
  x: number[];
  y: number[];
}

export function linesOf(others: Box[], page: PageSize): Lines {
  return {
    x: [page.width / 2, ...others.flatMap((box) => [box.x, box.x + box.width / 2, box.x + box.width])],
    y: [page.height / 2, ...others.flatMap((box) => [box.y, box.y + box.height / 2, box.y + box.height])],
  };
}

/** A way corrected so that an edge or the middle of the moved box lies on the nearest line, where one is near. */
export function snapMove(box: Box, dx: number, dy: number, lines: Lines, near = NEAR): Snapped {
  const across = nearest([box.x, box.x + box.width / 2, box.x + box.width].map((at) => at + dx), lines.x, near);
  const down = nearest([box.y, box.y + box.height / 2, box.y + box.height].map((at) => at + dy), lines.y, near);
  return { dx: dx + across.by, dy: dy + down.by, x: across.line, y: down.line };
}

/** The same for a side that is pulled. */
export function snapPull(box: Box, handle: string, dx: number, dy: number, lines: Lines, near = NEAR): Snapped {
  const side = handle.includes('w') ? [box.x + dx] : handle.includes('e') ? [box.x + box.width + dx] : [];
  const edge = handle.includes('n') ? [box.y + dy] : handle.includes('s') ? [box.y + box.height + dy] : [];
  const [across, down] = [nearest(side, lines.x, near), nearest(edge, lines.y, near)];
  return { dx: dx + across.by, dy: dy + down.by, x: across.line, y: down.line };
}

/** What several boxes take up together. */
export function around(boxes: Box[]): Box {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

function nearest(points: number[], lines: number[], near: number): { by: number; line: number | null } {
  let best: { by: number; line: number | null } = { by: 0, line: null };
  let distance = near;
  for (const point of points) {
    for (const line of lines) {
      const away = Math.abs(line - point);
      if (away < distance || (away === 0 && best.line === null)) {
        distance = away;
        best = { by: line - point, line };
      }
    }
  }
  return best;
}
