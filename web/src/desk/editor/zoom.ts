import type { Zoom } from './board-layout.ts';

export const PERCENTS = [25, 50, 75, 100, 125, 150, 200, 300];

/** The next larger or smaller step; a page that fits something counts as about 100 percent. */
export function zoomed(zoom: Zoom, by: 1 | -1): Zoom {
  const now = 'percent' in zoom ? zoom.percent : 100;
  const next = by === 1 ? PERCENTS.find((percent) => percent > now) : PERCENTS.findLast((percent) => percent < now);
  return { percent: next ?? now };
}
