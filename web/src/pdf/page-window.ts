/**
 * Which of the pages near the viewport are drawn: at most `limit`, those nearest to the middle one, in order.
 * A canvas of one page takes some 20 MB on a phone, so this is what keeps a long contract from ending the tab.
 */
export function pageWindow(near: number[], limit: number): number[] {
  const sorted = [...near].sort((a, b) => a - b);
  if (sorted.length <= limit) return sorted;
  const start = Math.floor((sorted.length - limit) / 2);
  return sorted.slice(start, start + limit);
}
