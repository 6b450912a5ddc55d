import { CeremonyApi, type Visit } from '../api/ceremony.ts';
import { fetchWords } from '../i18n/signing-words.ts';
import { sightWidth } from '../pdf/sight-width.ts';

/** What was asked of the server before the page's own script had come. */
export interface Early {
  visit: Promise<Visit>;
  /** The first page of the first document; nothing where this visit shows none yet. */
  picture: Promise<{ document: number; blob: Promise<Blob> } | null>;
}

/** The token is the last part of the path. */
export function tokenIn(path: string): string {
  return decodeURIComponent(path.replace(/^\/s\//, '').replace(/\/$/, ''));
}

function ask(token: string): Early {
  const api = new CeremonyApi(token);
  const visit = api.visit();
  const picture = visit.then((it) => {
    const document = it.state === 'ready' ? it.documents?.[0]?.number : undefined;
    if (document === undefined) return null;
    const blob = api.picture(document, 1, sightWidth(innerWidth));
    blob.catch(() => {});
    return { document, blob };
  });
  fetchWords(...navigator.languages);
  visit.then((it) => fetchWords(it.language, ...navigator.languages)).catch(() => {});
  // Who opens the visit says what went wrong.
  picture.catch(() => {});
  return { visit, picture };
}

/**
 * On a slow line each question after the other is felt: what is sure to be asked is asked while the rest of the page is on
 * its way. This stands in the small file that `sign.html` runs first; other pages have that file too, and ask nothing.
 */
export const early = typeof location === 'object' && location.pathname.startsWith('/s/') ? ask(tokenIn(location.pathname)) : undefined;
