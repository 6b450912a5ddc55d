import { choose, type Catalog } from './words.ts';

export type Words = Record<string, () => Promise<Partial<Catalog>>>;

/** What the signer's page and the shared parts say: adding a file adds the language. Only the one in use is loaded. */
export const signing: Words = import.meta.glob<Partial<Catalog>>('../locales/sign/*.json', { import: 'default' });

export function byLanguage(files: Words): Map<string, () => Promise<Partial<Catalog>>> {
  return new Map(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/(.*)\.json$/, '$1'), load]));
}

/** Fetches the words that will be wished for. Whoever uses them then waits no more, and says it when they do not come. */
export function fetchWords(...wishes: readonly string[]): void {
  const offered = byLanguage(signing);
  offered.get(choose([...offered.keys()], wishes))?.().catch(() => {});
}
