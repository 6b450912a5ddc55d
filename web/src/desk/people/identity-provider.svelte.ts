import { deskApi } from '../../api/desk.ts';

/** Whether people can be asked to sign in at the organisation's identity provider; asked for once. */
class IdentityProvider {
  set = $state(false);
  #asked = false;

  look(): void {
    if (this.#asked) return;
    this.#asked = true;
    deskApi.identityProvider().then(
      () => (this.set = true),
      () => {},
    );
  }
}

export const identityProvider = new IdentityProvider();
