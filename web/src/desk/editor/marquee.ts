import type { PageSize } from '../../api/shapes.ts';
import { pointOnPage } from '../../pdf/geometry.ts';
import type { Easel } from './easel.svelte.ts';
import { between, touched } from './selection.ts';

/** A rectangle drawn on a page with the mouse; what it touches is chosen, with Shift beside what was chosen before. */
export function drawMarquee(event: PointerEvent, easel: Easel, sheet: { document: number; page: number; size: PageSize }): void {
  const surface = event.currentTarget as HTMLElement;
  const frame = surface.querySelector<HTMLElement>('.marquee');
  if (!frame) return;
  // The page lies still meanwhile, so that it is measured once.
  const shown = surface.getBoundingClientRect();
  const before = event.shiftKey ? easel.selection : new Set<string>();
  const from = { x: event.clientX, y: event.clientY };
  let drawn = false;
  surface.setPointerCapture(event.pointerId);

  const move = (now: PointerEvent): void => {
    if (!drawn && Math.hypot(now.clientX - from.x, now.clientY - from.y) < 4) return;
    drawn = true;
    const box = between({ x: from.x - shown.left, y: from.y - shown.top }, { x: now.clientX - shown.left, y: now.clientY - shown.top });
    frame.style.cssText = `display:block;transform:translate(${box.x}px,${box.y}px);width:${box.width}px;height:${box.height}px`;
  };
  const end = (now: PointerEvent): void => {
    surface.removeEventListener('pointermove', move);
    surface.removeEventListener('pointerup', end);
    surface.removeEventListener('pointercancel', end);
    frame.style.cssText = '';
    if (!drawn) {
      easel.choose(before);
      return;
    }
    const point = (at: { x: number; y: number }) => pointOnPage({ clientX: at.x, clientY: at.y }, shown, sheet.size);
    const area = between(point(from), point({ x: now.clientX, y: now.clientY }));
    easel.choose(new Set([...before, ...touched(area, easel.placesOn(sheet.document, sheet.page))]));
  };
  surface.addEventListener('pointermove', move);
  surface.addEventListener('pointerup', end);
  surface.addEventListener('pointercancel', end);
}
