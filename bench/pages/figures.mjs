/** A figure is the median of five; its spread stands beside it, since another run of the same machine gives another one. */
export const RUNS = Number(process.env.PAGE_RUNS ?? 5);

/** @returns the value in the middle, and at which share of the values another one stands (0.95: nineteen of twenty are lower). */
export function middle(values) {
  return at(values, 0.5);
}

export function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** One line: what was measured, its median, and from where to where the runs went. */
export function line(what, values, unit, digits = 0) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  console.log(`  ${what.padEnd(66)} ${middle(values).toFixed(digits).padStart(8)} ${unit}   (${low} to ${high})`);
}

/** Does the same so often, one after the other, and gives what each time came of it. */
export async function times(once) {
  const all = [];
  for (let run = 0; run < RUNS; run += 1) all.push(await once(run));
  return all;
}
