/**
 * Between two pieces of long work: the browser sends what was asked for, shows what is there and hears who presses, before
 * the next piece begins.
 */
export function breathe(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

/** When what was put into the page a moment ago is on the screen. A page that nobody sees draws nothing, and waits. */
export function drawn(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}
