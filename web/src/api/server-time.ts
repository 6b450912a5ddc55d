/** So far is this device's clock ahead of the server's. Countdowns to an instant of the server's lean on it. */
let ahead = 0;

/** Learns from the `Date` of an answer; one that cannot be read changes nothing. */
export function noteServerTime(date: string | null, now = Date.now()): void {
  const told = date === null ? NaN : Date.parse(date);
  if (!Number.isNaN(told)) ahead = now - told;
}

/** Whole seconds from now until an instant of the server's, 0 when it has passed or is none. */
export function secondsUntil(instant: string | null, now = Date.now()): number {
  const at = instant === null ? NaN : Date.parse(instant);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - (now - ahead)) / 1000));
}
