import type { Upload } from './desk.ts';
import { deskHeaders } from './edit-token.ts';
import { Refusal, refusalFrom, Unreachable } from './problem.ts';

/** From this size on a line that breaks may mean a limit, in bytes. */
const LARGE = 20 * 1024 * 1024;

/**
 * Sends one file as raw bytes. XMLHttpRequest because `fetch` still cannot tell how much of a body has left.
 * `progress` gets a share from 0 to 1; 1 means that the server is reading the file now.
 */
export function uploadFile(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/uploads?filename=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(deskHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.upload.onload = () => progress(1);
    // A server that refuses a large file may close the line before its answer is read.
    request.onerror = () => reject(file.size > LARGE ? new Refusal(0, 'upload_cut', '') : new Unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Upload);
      else reject(refusalFrom(request.status, request.responseText));
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
