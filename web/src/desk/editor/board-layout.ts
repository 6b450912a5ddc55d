import type { PageSize } from '../../api/shapes.ts';

export interface Sheet {
  index: number;
  document: number;
  page: number;
  size: PageSize;
  /** In CSS pixels within the board. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** CSS pixels for a point. */
  scale: number;
}

export interface Heading {
  document: number;
  title: string;
  top: number;
}

export interface Layout {
  sheets: Sheet[];
  headings: Heading[];
  height: number;
  width: number;
}

export type Zoom = { fit: 'width' | 'page' } | { percent: number };

const GAP = 16;
const HEADING = 52;
/** The room for the button under a page. */
const BELOW = 56;
/** A page that fills the column is no wider than can be read. */
const WIDEST = 920;
/** CSS pixels for a point at 100 percent. */
const ACTUAL = 96 / 72;

/** Where every page lies, so that only those in view have to exist. */
export function layOut(
  documents: { number: number; title: string; pages: PageSize[] }[],
  room: { width: number; height: number },
  columns: 1 | 2,
  zoom: Zoom,
): Layout {
  const all = documents.flatMap((document) => document.pages);
  const widest = Math.max(...all.map((page) => page.width), 1);
  const tallest = Math.max(...all.map((page) => page.height), 1);
  const cell = (room.width - GAP * (columns - 1)) / columns;
  const scaleOf = (page: PageSize): number => {
    if ('percent' in zoom) return (zoom.percent / 100) * ACTUAL;
    // A landscape page among portrait ones does not make those small.
    const across = Math.min(cell, WIDEST) / (widest > page.width * 1.6 ? page.width : widest);
    return zoom.fit === 'width' ? across : Math.min(across, room.height / tallest);
  };
  const layout: Layout = { sheets: [], headings: [], height: 0, width: room.width };
  let top = 4;
  for (const document of documents) {
    if (documents.length > 1) {
      layout.headings.push({ document: document.number, title: document.title, top });
      top += HEADING;
    }
    for (let first = 0; first < document.pages.length; first += columns) {
      const row = document.pages.slice(first, first + columns).map((size, index) => {
        const scale = Math.max(scaleOf(size), 0.01);
        return { page: first + index + 1, size, scale, width: size.width * scale, height: size.height * scale };
      });
      const wide = row.reduce((sum, one) => sum + one.width, GAP * (row.length - 1));
      let left = Math.max(0, (room.width - wide) / 2);
      for (const one of row) {
        layout.sheets.push({ index: layout.sheets.length, document: document.number, top, left, ...one });
        left += one.width + GAP;
      }
      layout.width = Math.max(layout.width, wide);
      top += Math.max(...row.map((one) => one.height)) + BELOW;
    }
  }
  layout.height = top;
  return layout;
}

/** So many pages exist at a time. */
export const MOUNTED_MAX = 12;

/** The pages that touch what is seen and a little more, at most twelve: those nearest to its middle. */
export function inView(sheets: Sheet[], seen: { top: number; bottom: number }, margin = 600, most = MOUNTED_MAX): Sheet[] {
  // A short request exists as a whole: nothing in it has to be waited for.
  if (sheets.length <= most) return sheets;
  const near = sheets.slice(firstBelow(sheets, seen.top - margin), lastAbove(sheets, seen.bottom + margin));
  if (near.length <= most) return near;
  const middle = (seen.top + seen.bottom) / 2;
  const away = (sheet: Sheet) => Math.abs(sheet.top + sheet.height / 2 - middle);
  return [...near].sort((a, b) => away(a) - away(b)).slice(0, most).sort((a, b) => a.index - b.index);
}

/** The page that a line across the screen lies on, or the nearest one. */
export function pageAt(sheets: Sheet[], y: number): Sheet | undefined {
  const index = firstBelow(sheets, y);
  return sheets[Math.min(index, sheets.length - 1)];
}

/** The first sheet whose lower edge is below a line: sheets lie in order, so it is searched for by halves. */
function firstBelow(sheets: Sheet[], y: number): number {
  let [low, high] = [0, sheets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sheets[middle]!.top + sheets[middle]!.height + BELOW < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastAbove(sheets: Sheet[], y: number): number {
  let [low, high] = [0, sheets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sheets[middle]!.top <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}
