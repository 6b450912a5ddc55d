/** One line of the pen: points in CSS pixels from the top left of the pad. */
export type Stroke = [number, number][];

const n = (value: number) => Math.round(value * 100) / 100;

/**
 * A stroke as an SVG path: quadratic curves whose ends are the middles between neighbouring points, so that the
 * line is smooth without passing anywhere the pen was not near. A single point becomes a dot.
 */
export function strokePath(stroke: Stroke): string {
  const first = stroke[0];
  if (!first) return '';
  if (stroke.length === 1) return `M${n(first[0])} ${n(first[1])}l0.01 0`;
  let path = `M${n(first[0])} ${n(first[1])}`;
  for (let index = 1; index < stroke.length - 1; index += 1) {
    const [x, y] = stroke[index]!;
    const [nextX, nextY] = stroke[index + 1]!;
    path += `Q${n(x)} ${n(y)} ${n((x + nextX) / 2)} ${n((y + nextY) / 2)}`;
  }
  const last = stroke[stroke.length - 1]!;
  return `${path}L${n(last[0])} ${n(last[1])}`;
}
