/** Where the desk can be; anything else is the list. */
export type Route =
  | { screen: 'list' }
  | { screen: 'confirm'; token: string }
  | { screen: 'new' }
  | { screen: 'sign-myself' }
  | { screen: 'envelope'; id: string }
  | { screen: 'edit'; id: string };

export function routeOf(path: string): Route {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const [first, second, third] = parts;
  if (first === 'sign-in' && second) return { screen: 'confirm', token: second };
  if (first === 'new') return { screen: 'new' };
  if (first === 'sign-myself') return { screen: 'sign-myself' };
  if (first === 'envelopes' && second) return third === 'edit' ? { screen: 'edit', id: second } : { screen: 'envelope', id: second };
  return { screen: 'list' };
}

/** Whether a path is one of the desk's, so that a click can stay in the page. */
export function isDeskPath(path: string): boolean {
  return path === '/' || /^\/(new|sign-myself|envelopes|sign-in)(\/|$)/.test(path);
}
