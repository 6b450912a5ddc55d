/** Colours of people on the white page; each has 4.5 : 1 on white. A name always stands beside the colour. */
const COLOURS = ['#1f5fbf', '#a1400c', '#1b7346', '#8a2f8f', '#8c5a00', '#0f6e7c', '#a8264f', '#4d4fb0'];

export function personColour(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}
