/** The token of an address for editing, where the page was opened by one: it is in this page's memory alone. */
let held: string | null = null;

export function workByEditLink(token: string): void {
  held = token;
}

/**
 * What a request of the desk shows for itself: the cookie goes along by itself, with a header that other sites cannot send; an
 * address for editing shows its token and leans on no cookie, which a frame of another site has none of.
 */
export function deskHeaders(): Record<string, string> {
  return held === null ? { 'X-Countersign-Desk': '1' } : { Authorization: `EditLink ${held}` };
}

export function deskCookies(): RequestCredentials {
  return held === null ? 'same-origin' : 'omit';
}
