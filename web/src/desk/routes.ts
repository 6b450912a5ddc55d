/** Where the desk can be; anything else is the list. */
export type Route =
  | { screen: 'list' }
  | { screen: 'confirm'; token: string }
  | { screen: 'new' }
  | { screen: 'sign-myself' }
  | { screen: 'envelope'; id: string }
  | { screen: 'edit'; id: string }
  | { screen: 'contacts' }
  | { screen: 'bulks' }
  | { screen: 'bulk'; id: string }
  | { screen: 'templates' }
  | { screen: 'template'; id: string }
  | { screen: 'settings'; page: SettingsPage; kind: string; speaks: string }
  | { screen: 'office'; page: OfficePage; id: string };

/** Parts of the settings: what a tenant sets for itself. */
export type SettingsPage = 'defaults' | 'consent' | 'mails' | 'provider';

/** Parts of the settings: who works here, and which programs. */
export const OFFICE_PAGES = ['users', 'webhooks', 'keys'] as const;
export type OfficePage = (typeof OFFICE_PAGES)[number];

export function routeOf(path: string): Route {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [first, second, third, fourth] = parts;
  if (first === 'sign-in' && second) return { screen: 'confirm', token: second };
  if (first === 'new') return { screen: 'new' };
  if (first === 'sign-myself') return { screen: 'sign-myself' };
  if (first === 'envelopes' && second) return third === 'edit' ? { screen: 'edit', id: second } : { screen: 'envelope', id: second };
  if (first === 'contacts') return { screen: 'contacts' };
  if (first === 'bulk') return second ? { screen: 'bulk', id: second } : { screen: 'bulks' };
  if (first === 'templates') return second ? { screen: 'template', id: second } : { screen: 'templates' };
  if (first === 'settings') {
    const office = OFFICE_PAGES.find((page) => page === second);
    if (office) return { screen: 'office', page: office, id: third ?? '' };
    const page = second === 'identity-provider' ? 'provider' : second === 'consent' || second === 'mails' ? second : 'defaults';
    return { screen: 'settings', page, kind: fourth ? (third ?? '') : '', speaks: fourth ?? '' };
  }
  return { screen: 'list' };
}

/** Whether a path is one of the desk's, so that a click can stay in the page. */
export function isDeskPath(path: string): boolean {
  return path === '/' || /^\/(new|sign-myself|envelopes|contacts|templates|bulk|settings|sign-in)(\/|$)/.test(path);
}
