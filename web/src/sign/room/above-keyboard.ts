/**
 * Keeps a bar at the end of the screen above the keyboard of a phone. Safari lays its keyboard over the page and tells
 * only the visual viewport; where the page itself becomes shorter the difference is 0 and nothing happens.
 */
export function aboveKeyboard(bar: HTMLElement): (() => void) | void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const place = () => {
    const hidden = window.innerHeight - viewport.height - viewport.offsetTop;
    // Zooming with two fingers makes the viewport smaller too, and the bar must not follow that.
    const keyboard = viewport.scale < 1.05 && hidden > 80 ? hidden : 0;
    bar.style.setProperty('--keyboard', `${Math.round(keyboard)}px`);
  };
  viewport.addEventListener('resize', place);
  viewport.addEventListener('scroll', place);
  return () => {
    viewport.removeEventListener('resize', place);
    viewport.removeEventListener('scroll', place);
  };
}
