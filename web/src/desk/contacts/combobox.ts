/** So many letters are typed before anything is offered. */
export const LEAST_LETTERS = 3;

/** What a key does to a list that is offered below a field (WAI-ARIA, combobox with a list): nothing of it is text. */
export type Step = { to: number } | 'choose' | 'close' | 'open' | null;

/** `active` is -1 as long as the field itself is meant. At either end the list is left, and entered again at the other. */
export function stepOf(key: string, open: boolean, active: number, count: number): Step {
  if (!open) return key === 'ArrowDown' && count > 0 ? 'open' : null;
  if (key === 'ArrowDown') return { to: active + 1 < count ? active + 1 : -1 };
  if (key === 'ArrowUp') return { to: active === -1 ? count - 1 : active - 1 };
  if (key === 'Enter') return active === -1 ? 'close' : 'choose';
  if (key === 'Escape') return 'close';
  return null;
}
