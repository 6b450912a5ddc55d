/** A picture wide enough for this screen, of the widths that the server draws: a phone shows eight hundred pixels well. */
export function sightWidth(screen: number): 800 | 1600 {
  return screen <= 800 ? 800 : 1600;
}
