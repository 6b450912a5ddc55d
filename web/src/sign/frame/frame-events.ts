import type { Visit } from '../../api/ceremony.ts';

/** What the page that shows this one in a frame is told. Documented in `docs/embedding.md`. */
export type FrameEvent =
  | { type: 'loaded'; state: string }
  | { type: 'signed'; act: string }
  | { type: 'declined' }
  | { type: 'ended'; because: string }
  | { type: 'finished'; status: string }
  | { type: 'error'; code: string }
  | { type: 'resized'; height: number };

/** The event that says how the visit ended; `null` while it goes on. */
export function endingOf(visit: Visit, finished: boolean): FrameEvent | null {
  if (finished || visit.state === 'signed' || visit.state === 'signing') return { type: 'signed', act: visit.act ?? 'sign' };
  if (visit.state === 'declined') return { type: 'declined' };
  if (visit.state === 'ended') return { type: 'ended', because: visit.ended_because ?? 'unknown' };
  const over = ['not_needed', 'delegated', 'expired_link', 'link_ended'].includes(visit.state);
  return over ? { type: 'ended', because: visit.state } : null;
}

/** The origins that are told: those that the sender named, and of these the one that shows the frame where it is known. */
export function toldOrigins(named: readonly string[], ancestors: readonly string[] | null): string[] {
  const exact = [...new Set(named)].filter((origin) => /^https?:\/\/[^*]+$/.test(origin));
  return ancestors === null ? exact : exact.filter((origin) => origin === ancestors[0]);
}

/** Tells the page around this one; each sentence once. */
export class FrameVoice {
  #origins: string[] = [];
  #said = new Set<string>();

  constructor(private readonly view: Window = window) {}

  get framed(): boolean {
    return this.view.parent !== this.view;
  }

  /** Learns who may be told. */
  tellOnly(named: readonly string[]): void {
    // Firefox does not say who shows the frame.
    const ancestors = this.view.location.ancestorOrigins as DOMStringList | undefined;
    this.#origins = toldOrigins(named, ancestors ? [...ancestors] : null);
  }

  say(event: FrameEvent): void {
    if (!this.framed || this.#origins.length === 0) return;
    const message = { source: 'countersign', ...event };
    const key = JSON.stringify(message);
    if (event.type !== 'resized' && this.#said.has(key)) return;
    this.#said.add(key);
    for (const origin of this.#origins) this.view.parent.postMessage(message, origin);
  }
}

/** Tells the height of the page whenever it changes. @returns how to stop that. */
export function tellHeight(voice: FrameVoice): (() => void) | undefined {
  const app = voice.framed ? document.getElementById('app') : null;
  if (!app) return;
  let told = 0;
  const watching = new ResizeObserver(() => {
    const height = Math.ceil(app.scrollHeight);
    if (height !== told) voice.say({ type: 'resized', height });
    told = height;
  });
  watching.observe(app);
  return () => watching.disconnect();
}
