import { refusalFrom, Unreachable } from './problem.ts';

/**
 * Puts one file as raw bytes where a signer adds it. XMLHttpRequest because `fetch` still cannot tell how much of a body
 * has left. `progress` gets a share from 0 to 1; 1 means that the server is reading the file now.
 */
export function sendFile<T>(
  me: { token: string; visit?: string | null },
  path: string,
  file: Blob,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    request.setRequestHeader('Authorization', `Bearer ${me.token}`);
    if (me.visit) request.setRequestHeader('X-Countersign-Visit', me.visit);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else if (request.status >= 502 && request.status <= 504) reject(new Unreachable());
      else reject(refusalFrom(request.status, request.responseText));
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
