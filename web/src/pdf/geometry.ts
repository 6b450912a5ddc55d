import type { Box, FieldType, PageSize } from '../api/shapes.ts';

/** The smallest field, in points: below it nothing can be read or hit. */
export const SMALLEST = 8;

/** Sizes in points that a new field of each kind begins with: the server's usual ones. */
export const FIRST_SIZE: Record<FieldType, { width: number; height: number }> = {
  signature: { width: 165, height: 37 },
  initials: { width: 60, height: 37 },
  text: { width: 150, height: 20 },
  date_signed: { width: 90, height: 20 },
  checkbox: { width: 14, height: 14 },
  multiline_text: { width: 220, height: 60 },
  boxed_text: { width: 180, height: 20 },
  number: { width: 90, height: 20 },
  email: { width: 150, height: 20 },
  date: { width: 90, height: 20 },
  radio: { width: 14, height: 14 },
  dropdown: { width: 150, height: 20 },
  attachment: { width: 140, height: 24 },
  image: { width: 120, height: 80 },
  stamp: { width: 120, height: 80 },
  recipient_name: { width: 150, height: 20 },
  recipient_email: { width: 150, height: 20 },
  company: { width: 150, height: 20 },
  job_title: { width: 150, height: 20 },
  date_completed: { width: 90, height: 20 },
  note: { width: 220, height: 60 },
  free_text: { width: 220, height: 60 },
  strikethrough: { width: 150, height: 8 },
  decline_button: { width: 110, height: 30 },
  approve_button: { width: 110, height: 30 },
};

/** A box as CSS percentages of its page, so that it follows every zoom without being computed again. */
export function percent(box: Box, page: PageSize): string {
  const share = (part: number, whole: number) => `${round((part / whole) * 100, 4)}%`;
  return `left:${share(box.x, page.width)};top:${share(box.y, page.height)};width:${share(box.width, page.width)};height:${share(box.height, page.height)}`;
}

/** The same box moved (and where it must be, made smaller) so that all of it lies on the page. */
export function keepOnPage(box: Box, page: PageSize): Box {
  const width = Math.min(Math.max(box.width, SMALLEST), page.width);
  const height = Math.min(Math.max(box.height, SMALLEST), page.height);
  return {
    x: round(clamp(box.x, 0, page.width - width)),
    y: round(clamp(box.y, 0, page.height - height)),
    width: round(width),
    height: round(height),
  };
}

export function moveBy(box: Box, dx: number, dy: number, page: PageSize): Box {
  return keepOnPage({ ...box, x: box.x + dx, y: box.y + dy }, page);
}

/** Moves the bottom right corner; the top left one stays. */
export function resizeBy(box: Box, dx: number, dy: number, page: PageSize): Box {
  return {
    x: round(box.x),
    y: round(box.y),
    width: round(clamp(box.width + dx, SMALLEST, page.width - box.x)),
    height: round(clamp(box.height + dy, SMALLEST, page.height - box.y)),
  };
}

/** A box of a new field with its middle at a point of the page. */
export function boxAround(type: FieldType, x: number, y: number, page: PageSize): Box {
  const { width, height } = FIRST_SIZE[type];
  return keepOnPage({ x: x - width / 2, y: y - height / 2, width, height }, page);
}

/** The box, or the nearest place below it (then from the top) where it lies on none of the others. */
export function freeBox(box: Box, others: Box[], page: PageSize): Box {
  const meets = (one: Box) => (other: Box) =>
    one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
  const step = box.height + 8;
  for (let index = 0; index * step < page.height; index += 1) {
    const room = page.height - box.height;
    const y = box.y + index * step;
    const candidate = keepOnPage({ ...box, y: y <= room ? y : y - Math.floor(room) }, page);
    if (!others.some(meets(candidate))) return candidate;
  }
  return box;
}

/** Where a pointer is on a page, in points; `shown` is the rectangle of the page on the screen, in CSS pixels. */
export function pointOnPage(
  pointer: { clientX: number; clientY: number },
  shown: { left: number; top: number; width: number; height: number },
  page: PageSize,
): { x: number; y: number } {
  return {
    x: ((pointer.clientX - shown.left) / shown.width) * page.width,
    y: ((pointer.clientY - shown.top) / shown.height) * page.height,
  };
}

/** What an arrow key does to a field: 1 point, with Shift 10; with Alt it changes the size. `null`: not ours. */
export function nudge(
  key: { key: string; shiftKey: boolean; altKey: boolean },
  box: Box,
  page: PageSize,
): Box | null {
  const length = key.shiftKey ? 10 : 1;
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-length, 0],
    ArrowRight: [length, 0],
    ArrowUp: [0, -length],
    ArrowDown: [0, length],
  };
  const way = ways[key.key];
  if (!way) return null;
  return key.altKey ? resizeBy(box, way[0], way[1], page) : moveBy(box, way[0], way[1], page);
}

/** The canvas scale for a page shown `width` CSS pixels wide, within what phones can hold in one canvas. */
export function canvasScale(page: PageSize, width: number, pixelRatio: number, mostPixels = 8_000_000): number {
  const wished = (width / page.width) * Math.min(Math.max(pixelRatio, 1), 3);
  return Math.min(wished, Math.sqrt(mostPixels / (page.width * page.height)));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

/** A hundredth of a point is finer than any screen and keeps saved drafts short. */
function round(value: number, digits = 2): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
