import { language } from './language.svelte.ts';
import type { Catalog } from './words.ts';

/** The desk's own words; it is offered in the languages that have them, and shows the signer's words as well. */
const files = import.meta.glob<Partial<Catalog>>('../locales/desk/*.json', { import: 'default' });

export function useDeskWords(): void {
  language.alsoUse(files);
}
