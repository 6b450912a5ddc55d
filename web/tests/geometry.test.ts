import { describe, expect, test } from 'vitest';
import { boxAround, canvasScale, freeBox, keepOnPage, moveBy, nudge, percent, pointOnPage, resizeBy } from '../src/pdf/geometry.ts';
import { pageWindow } from '../src/pdf/page-window.ts';

const page = { width: 600, height: 800 };
const box = { x: 100, y: 200, width: 180, height: 48 };

describe('geometry', () => {
  test('a box becomes percentages of its page', () => {
    expect(percent({ x: 60, y: 80, width: 300, height: 8 }, page)).toBe('left:10%;top:10%;width:50%;height:1%');
  });

  test('a new field has its middle where the pointer was, and lies on the page at its edge', () => {
    expect(boxAround('signature', 300, 400, page)).toEqual({ x: 217.5, y: 381.5, width: 165, height: 37 });
    expect(boxAround('signature', 599, 1, page)).toEqual({ x: 435, y: 0, width: 165, height: 37 });
  });

  test('a field put by keyboard does not lie on another one', () => {
    const middle = boxAround('text', 300, 400, page);
    const second = freeBox(middle, [middle], page);
    expect(second).toEqual({ ...middle, y: middle.y + 28 });
    expect(freeBox(middle, [], page)).toEqual(middle);
  });

  test('moving stops at the edges of the page', () => {
    expect(moveBy(box, -500, 5000, page)).toEqual({ x: 0, y: 752, width: 180, height: 48 });
  });

  test('resizing keeps the top left corner, a smallest size and the page', () => {
    expect(resizeBy(box, -1000, 1000, page)).toEqual({ x: 100, y: 200, width: 8, height: 600 });
  });

  test('a field larger than the page is cut to it', () => {
    expect(keepOnPage({ x: -5, y: -5, width: 9000, height: 9000 }, page)).toEqual({ x: 0, y: 0, width: 600, height: 800 });
  });

  test('arrows move by 1 point, with Shift by 10, and with Alt change the size', () => {
    const key = (name: string, shiftKey = false, altKey = false) => ({ key: name, shiftKey, altKey });
    expect(nudge(key('ArrowRight'), box, page)?.x).toBe(101);
    expect(nudge(key('ArrowUp', true), box, page)?.y).toBe(190);
    expect(nudge(key('ArrowDown', true, true), box, page)).toEqual({ ...box, height: 58 });
    expect(nudge(key('a'), box, page)).toBeNull();
  });

  test('a pointer on the screen is a point of the page whatever the zoom', () => {
    const shown = { left: 50, top: 20, width: 300, height: 400 };
    expect(pointOnPage({ clientX: 200, clientY: 220 }, shown, page)).toEqual({ x: 300, y: 400 });
  });

  test('a canvas never grows beyond what a phone can hold', () => {
    expect(canvasScale(page, 300, 2)).toBe(1);
    const scale = canvasScale({ width: 3000, height: 4000 }, 3000, 3);
    expect(scale * scale * 3000 * 4000).toBeLessThanOrEqual(8_000_001);
  });

  test('of many pages near the viewport those in the middle are drawn', () => {
    expect(pageWindow([4, 2, 3], 12)).toEqual([2, 3, 4]);
    expect(pageWindow(Array.from({ length: 20 }, (_, index) => index), 12)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });
});
