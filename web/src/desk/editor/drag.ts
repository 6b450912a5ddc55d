import { tick } from 'svelte';
import type { Box, PageSize } from '../../api/shapes.ts';
import { keepOnPage } from '../../pdf/geometry.ts';
import type { DraftPlace } from '../draft/shape.ts';
import { pulled, type Handle } from './arrange.ts';
import type { Easel } from './easel.svelte.ts';
import { around, linesOf, snapMove, snapPull, type Lines } from './snap.ts';

/** Less than so many CSS pixels is a click. */
const CLICK_PX = 3;

interface Held {
  place: DraftPlace;
  box: Box;
  size: PageSize;
  element: HTMLElement | null;
}

/**
 * Fields on their way under the pointer. While they move only their style is written, once for each frame, and nothing of
 * the layout is read: the draft hears of it at the end.
 */
export class Drag {
  #held: Held[];
  #lines: Lines;
  #box: Box;
  #frame = 0;
  #way = { dx: 0, dy: 0 };
  #at: { x: number; y: number } | null = null;
  #moved = false;
  readonly #guides: HTMLElement | null;

  constructor(
    private readonly easel: Easel,
    private readonly start: { x: number; y: number; pointer: number; target: HTMLElement },
    private readonly scale: number,
    private readonly handle: Handle | null,
    lead: DraftPlace,
  ) {
    const places = handle ? [lead] : easel.chosen.filter((place) => place.width > 0);
    this.#held = places.map((place) => {
      const { x, y, width, height } = place;
      return { place, box: { x, y, width, height }, size: easel.sizeOf(place), element: document.getElementById(`place-${place.key}`) };
    });
    const here = places.filter((place) => place.document === lead.document && place.page === lead.page);
    const others = easel.placesOn(easel.numberOf(lead), lead.page).filter((place) => !places.includes(place) && place.width > 0);
    this.#lines = linesOf(others.map(({ x, y, width, height }) => ({ x, y, width, height })), easel.sizeOf(lead));
    this.#box = around(here);
    this.#guides = start.target.closest('.over')?.querySelector('.guides') ?? null;
    start.target.setPointerCapture(start.pointer);
    start.target.addEventListener('pointermove', this.#move);
    start.target.addEventListener('pointerup', this.#up);
    start.target.addEventListener('pointercancel', this.#cancel);
    addEventListener('keydown', this.#escape, true);
  }

  #move = (event: PointerEvent): void => {
    const [x, y] = [event.clientX - this.start.x, event.clientY - this.start.y];
    if (!this.#moved && Math.hypot(x, y) < CLICK_PX) return;
    this.#moved = true;
    this.#at = { x, y };
    // Several moves between two frames are one.
    this.#frame ||= requestAnimationFrame(() => this.#draw(event.ctrlKey || event.metaKey));
  };

  #draw(freely: boolean): void {
    this.#frame = 0;
    if (!this.#at) return;
    const [dx, dy] = [this.#at.x / this.scale, this.#at.y / this.scale];
    const near = freely ? 0 : 5 / this.scale;
    const snapped = this.handle ? snapPull(this.#box, this.handle, dx, dy, this.#lines, near) : snapMove(this.#box, dx, dy, this.#lines, near);
    this.#way = { dx: snapped.dx, dy: snapped.dy };
    for (const held of this.#held) {
      if (!held.element) continue;
      const to = this.#target(held);
      held.element.style.transform = `translate(${(to.x - held.box.x) * this.scale}px, ${(to.y - held.box.y) * this.scale}px)`;
      if (this.handle) {
        held.element.style.width = `${to.width * this.scale}px`;
        held.element.style.height = `${to.height * this.scale}px`;
      }
    }
    if (this.#guides) {
      this.#guides.style.setProperty('--across', snapped.x === null ? '-9999px' : `${snapped.x * this.scale}px`);
      this.#guides.style.setProperty('--down', snapped.y === null ? '-9999px' : `${snapped.y * this.scale}px`);
    }
  }

  #target({ box, size }: Held): Box {
    const { dx, dy } = this.#way;
    return this.handle ? pulled(box, this.handle, dx, dy, size) : keepOnPage({ ...box, x: box.x + dx, y: box.y + dy }, size);
  }

  #up = (): void => {
    // A move whose frame has not come yet counts as well.
    if (this.#frame) {
      cancelAnimationFrame(this.#frame);
      this.#draw(false);
    }
    const moved = this.#moved;
    if (moved) this.easel.place(this.#held.map((held) => ({ key: held.place.key, ...this.#target(held) })));
    this.#end();
  };

  #cancel = (): void => this.#end();

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#end();
  };

  #end(): void {
    cancelAnimationFrame(this.#frame);
    const { target } = this.start;
    target.removeEventListener('pointermove', this.#move);
    target.removeEventListener('pointerup', this.#up);
    target.removeEventListener('pointercancel', this.#cancel);
    removeEventListener('keydown', this.#escape, true);
    this.#guides?.style.setProperty('--across', '-9999px');
    this.#guides?.style.setProperty('--down', '-9999px');
    // The new place is drawn first, so that nothing jumps back for a moment.
    void tick().then(() => {
      for (const { element, place, size } of this.#held) {
        if (!element) continue;
        element.style.transform = '';
        if (this.handle) {
          element.style.width = `${(place.width / size.width) * 100}%`;
          element.style.height = `${(place.height / size.height) * 100}%`;
        }
      }
    });
  }
}
