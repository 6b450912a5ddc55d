/**
 * Between two pieces of long work: the browser sends what was asked for, shows what is there and hears who presses, before
 * the next piece begins.
 */
export function breathe(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
