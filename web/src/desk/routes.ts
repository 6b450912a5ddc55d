/** Where the desk can be; anything else is the list. */
export type Route =
  | { screen: 'list' }
  | { screen: 'confirm'; token: string }
  | { screen: 'new' }
  | { screen: 'sign-myself' }
  | { screen: 'envelope'; id: string }
  | { screen: 'edit'; id: string }
  | { screen: 'settings'; page: SettingsPage; kind: string; speaks: string };

/** The parts of what a tenant sets for itself. */
export type SettingsPage = 'defaults' | 'consent' | 'mails';

export function routeOf(path: string): Route {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [first, second, third, fourth] = parts;
  if (first === 'sign-in' && second) return { screen: 'confirm', token: second };
  if (first === 'new') return { screen: 'new' };
  if (first === 'sign-myself') return { screen: 'sign-myself' };
  if (first === 'envelopes' && second) return third === 'edit' ? { screen: 'edit', id: second } : { screen: 'envelope', id: second };
  if (first === 'settings') {
    const page = second === 'consent' || second === 'mails' ? second : 'defaults';
    return { screen: 'settings', page, kind: fourth ? (third ?? '') : '', speaks: fourth ?? '' };
  }
  return { screen: 'list' };
}

/** Whether a path is one of the desk's, so that a click can stay in the page. */
export function isDeskPath(path: string): boolean {
  return path === '/' || /^\/(new|sign-myself|envelopes|settings|sign-in)(\/|$)/.test(path);
}
