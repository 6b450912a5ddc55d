import type { Upload } from './desk.ts';
import { refusalFrom, Unreachable } from './problem.ts';

/**
 * Sends one file as raw bytes. XMLHttpRequest because `fetch` still cannot tell how much of a body has left.
 * `progress` gets a share from 0 to 1; 1 means that the server is reading the file now.
 */
export function uploadFile(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/uploads?filename=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('X-Countersign-Desk', '1');
    request.setRequestHeader('Content-Type', 'application/pdf');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Upload);
      else reject(refusalFrom(request.status, request.responseText));
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
