import { sendJson } from './request.ts';

/** The one at which people who are invited can sign in. Its secret is never told. */
export interface IdentityProvider {
  name: string;
  issuer: string;
  client_id: string;
  client_secret_set: boolean;
  claim: string;
  scopes: string;
  redirect_uri: string;
}

/** What is said of it. Without a secret the one given before for the same client stays; an empty one is that of a public client. */
export interface ProviderWords {
  name: string;
  issuer: string;
  client_id: string;
  client_secret?: string;
  claim: string;
  scopes: string;
}

const PATH = '/v1/identity-provider';

export const identityProviderApi = {
  /** Refused with `not_found` where there is none. */
  read: () => sendJson<IdentityProvider>('desk', PATH),
  set: (words: ProviderWords) => sendJson<IdentityProvider>('desk', PATH, { method: 'PUT', body: words }),
  remove: () => sendJson<void>('desk', PATH, { method: 'DELETE' }),
};
