import { getContext, setContext } from 'svelte';

const KEY = Symbol('inside a page');

/** Called by a page that shows the signer's screens within its own `main`: there may be only one. */
export function hostScreens(): void {
  setContext(KEY, true);
}

/** The element that a screen is made of. */
export function screenElement(): 'main' | 'div' {
  return getContext(KEY) ? 'div' : 'main';
}
