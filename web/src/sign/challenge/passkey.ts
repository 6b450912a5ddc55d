/**
 * Passkeys, as JSON in and out. Newer browsers read and write the JSON themselves; for the others the few values that
 * are bytes are turned here.
 */
type Json = Record<string, unknown>;
type Described = { id: string };

export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === 'function' && typeof navigator.credentials?.get === 'function';
}

/** The server takes no passkey from a page inside another site's: whose page it is could not be seen by the person. */
export function inForeignFrame(view: Pick<Window, 'top' | 'location'> = window): boolean {
  try {
    return view.top?.location.origin !== view.location.origin;
  } catch {
    return true;
  }
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function fromBytes(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const described = (list: unknown) => ((list ?? []) as Described[]).map((one) => ({ ...one, id: toBytes(one.id) }));

/** What `navigator.credentials.create` takes. */
export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const parse = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;
  if (parse) return parse.call(PublicKeyCredential, json as unknown as PublicKeyCredentialCreationOptionsJSON);
  const user = json['user'] as Described;
  return {
    ...json,
    challenge: toBytes(json['challenge'] as string),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: described(json['excludeCredentials']),
  } as unknown as PublicKeyCredentialCreationOptions;
}

/** What `navigator.credentials.get` takes. */
export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  const parse = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;
  if (parse) return parse.call(PublicKeyCredential, json as unknown as PublicKeyCredentialRequestOptionsJSON);
  return {
    ...json,
    challenge: toBytes(json['challenge'] as string),
    allowCredentials: described(json['allowCredentials']),
  } as unknown as PublicKeyCredentialRequestOptions;
}

/** A credential as the server reads it. */
export function credentialJson(credential: PublicKeyCredential): string {
  if (typeof credential.toJSON === 'function') return JSON.stringify(credential.toJSON());
  const response: Json = { clientDataJSON: fromBytes(credential.response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const) {
    const value = (credential.response as unknown as Record<string, unknown>)[name];
    if (value instanceof ArrayBuffer) response[name] = fromBytes(value);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: fromBytes(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() });
}

/**
 * Lets the person prove themselves. `options` is the server's JSON, with or without `publicKey` around it.
 *
 * @throws {DOMException} when the person stops it or nothing fits.
 */
export async function provePasskey(options: string, enrols: boolean): Promise<string> {
  const read = JSON.parse(options) as Json;
  const json = (read['publicKey'] ?? read) as Json;
  const credential = enrols
    ? await navigator.credentials.create({ publicKey: creationOptions(json) })
    : await navigator.credentials.get({ publicKey: requestOptions(json) });
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('no passkey', 'NotAllowedError');
  return credentialJson(credential);
}
