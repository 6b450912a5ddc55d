import { guest } from '../guest.svelte.ts';
import { identityProviderApi } from '../../api/identity-provider.ts';

/** Whether people can be asked to sign in at the organisation's identity provider; asked for once. */
class Offered {
  set = $state(false);
  #asked = false;

  look(): void {
    if (this.#asked || guest.here) return;
    this.#asked = true;
    identityProviderApi.read().then(
      () => (this.set = true),
      () => {},
    );
  }

  /** What the settings have found out or changed. */
  note(set: boolean): void {
    this.#asked = true;
    this.set = set;
  }
}

export const identityProvider = new Offered();
