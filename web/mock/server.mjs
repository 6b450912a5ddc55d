/**
 * Serves the built pages and fakes the API from memory, so that the pages can be worked on alone: `npm run mock`,
 * then http://127.0.0.1:8490 (desk) and http://127.0.0.1:8490/s/anything (signer). `PORT` chooses another port.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ceremony } from './ceremony.mjs';
import { desk } from './desk.mjs';
import { envelopes, sent } from './store.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const PORT = Number(process.env.PORT ?? 8490);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; font-src 'self' data:";

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const parts = [];
  for await (const part of request) parts.push(part);
  const raw = Buffer.concat(parts);
  const answer = url.pathname.startsWith('/v1/') ? api(request, url, raw) : await page(url.pathname);
  const type = answer.type ?? 'application/json';
  response.writeHead(answer.status, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
  response.end(answer.bytes ?? (answer.json === undefined ? undefined : JSON.stringify(answer.json)));
});

function api(request, url, raw) {
  const path = url.pathname.slice(3);
  const isJson = (request.headers['content-type'] ?? '').includes('json');
  const body = isJson && raw.length ? JSON.parse(raw.toString()) : {};
  if (!path.startsWith('/ceremony')) return desk(path, request.method, url.searchParams, body, raw);
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  const envelope = envelopes.get(token.replace('link-', '')) ?? sent;
  return ceremony(path.slice('/ceremony'.length), request.method, token, body, envelope);
}

async function page(path) {
  const file = /^\/(assets|pdfjs|favicon)/.test(path) ? normalize(path) : path.startsWith('/s/') ? 'sign.html' : 'desk.html';
  try {
    return { status: 200, bytes: await readFile(join(DIST, file)), type: TYPES[extname(file)] ?? 'application/octet-stream' };
  } catch {
    return { status: 404, json: {} };
  }
}

server.listen(PORT, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${PORT}`));
