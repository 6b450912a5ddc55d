import { deskCookies, deskHeaders } from './edit-token.ts';
import { noteServerTime } from './server-time.ts';
import { refusalFrom, Unreachable } from './problem.ts';

/** How requests prove who asks: the signer's token, or the desk's cookie with its header against forged requests. */
export type Credentials = { token: string; visit?: string | null } | 'desk';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Sent as `Idempotency-Key`: the same key on a second try makes the server give the first answer again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** What the browser was told to keep is not asked for again. */
  kept?: boolean;
  /** Goes on when the page is closed; bodies of 64 kB at most. */
  keepalive?: boolean;
}

/** @throws {Refusal} when the server says no, {@link Unreachable} when nothing came back. */
export async function send(credentials: Credentials, path: string, call: Call = {}): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json, application/pdf' });
  if (credentials === 'desk') {
    for (const [name, value] of Object.entries(deskHeaders())) headers.set(name, value);
  } else {
    headers.set('Authorization', `Bearer ${credentials.token}`);
    if (credentials.visit) headers.set('X-Countersign-Visit', credentials.visit);
  }
  if (call.body !== undefined) headers.set('Content-Type', 'application/json');
  if (call.idempotencyKey) headers.set('Idempotency-Key', call.idempotencyKey);
  let response: Response;
  try {
    response = await fetch(path, {
      method: call.method ?? 'GET',
      headers,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      // The signer's visit works in a frame of another site: it must never lean on cookies.
      credentials: credentials === 'desk' ? deskCookies() : 'omit',
      cache: call.kept ? 'default' : 'no-store',
      referrerPolicy: 'no-referrer',
      signal: call.signal,
      ...(call.keepalive ? { keepalive: true } : {}),
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new Unreachable(error);
  }
  noteServerTime(response.headers.get('Date'));
  // A gateway whose server restarts answers 502 to 504: for the person that is the network.
  if (response.status >= 502 && response.status <= 504) throw new Unreachable();
  if (!response.ok) throw refusalFrom(response.status, await response.text().catch(() => ''));
  return response;
}

/** Sends and reads JSON; an empty answer (202, 204) gives `undefined`. */
export async function sendJson<T>(credentials: Credentials, path: string, call: Call = {}): Promise<T> {
  const response = await send(credentials, path, call);
  const text = await response.text().catch((error: unknown) => {
    throw new Unreachable(error);
  });
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Sends and reads bytes, telling how much has come; `total` is 0 while unknown. */
export async function sendBytes(
  credentials: Credentials,
  path: string,
  progress?: (received: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(credentials, path, { signal });
  const total = Number(response.headers.get('Content-Length') ?? 0);
  try {
    if (!response.body || !progress) return new Uint8Array(await response.arrayBuffer());
    const chunks: Uint8Array[] = [];
    let received = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      received += value.length;
      progress(received, total);
    }
    const bytes = new Uint8Array(received);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(error);
  }
}

/** A random key; `crypto.randomUUID` is missing on plain http addresses other than localhost. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
