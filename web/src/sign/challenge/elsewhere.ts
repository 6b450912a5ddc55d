/**
 * The way to the identity provider of the sender's organisation and back, in one tab. Where the browser comes back, the
 * address says nothing of the link that it left: the tab remembers it, so that nobody else's tab can go on with it.
 */
type Tab = () => Storage;
const key = (state: string) => `sign-in ${state}`;

/** The answer with which the browser came back, good once. */
export type Brought = () => string | null;

/** Where browsers come back. */
export const CALLBACK = '/oidc/callback';

/** Remembers which link is left for this address. `false`: the browser lets the tab remember nothing. */
export function remember(address: string, link: string, tab: Tab = () => sessionStorage): boolean {
  const state = new URL(address).searchParams.get('state');
  if (!state) return false;
  try {
    tab().setItem(key(state), link);
    return true;
  } catch {
    return false;
  }
}

/** The link that was left for the sign-in that this query (with or without `?`) answers; forgotten with it. */
export function cameBack(query: string, tab: Tab = () => sessionStorage): string | null {
  const state = new URLSearchParams(query).get('state');
  if (!state) return null;
  try {
    const link = tab().getItem(key(state));
    tab().removeItem(key(state));
    return link;
  } catch {
    return null;
  }
}

/** Providers let nobody sign in inside a frame, where it cannot be seen whose page it is. */
export function inFrame(view: Pick<Window, 'top'> = window): boolean {
  return view.top !== view;
}

/** What went wrong on the way, as the person is told: the keys of `proof.trouble`. */
export function troubleElsewhere(code: string): 'oidc_denied' | 'oidc_over' | 'oidc_again' | 'oidc_unreachable' | 'oidc_settings' | null {
  switch (code) {
    case 'oidc_denied':
      return 'oidc_denied';
    case 'oidc_not_proved_again':
      return 'oidc_again';
    case 'oidc_other_attempt':
    case 'oidc_expired':
    case 'code_expired':
      return 'oidc_over';
    case 'oidc_unreachable':
    case 'oidc_provider_failed':
    case 'oidc_keys':
      return 'oidc_unreachable';
    default:
      return code.startsWith('oidc_') || code === 'identity_provider_missing' ? 'oidc_settings' : null;
  }
}
