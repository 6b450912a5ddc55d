/**
 * A server of its own for each file of tests: the real binary on a free port of loopback, its data in a new folder, and
 * what it prints at its start (sign-in link, API key). `COUNTERSIGN_BIN` names another binary.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contract } from './contract.mjs';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const BINARY = process.env.COUNTERSIGN_BIN ?? join(REPOSITORY, 'target/debug/countersign');
const READY_WITHIN_MS = 20_000;

/** @returns a port that was free a moment ago. */
export async function freePort() {
  const probe = createServer();
  await new Promise((done, failed) => probe.once('error', failed).listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Looks again until `look` gives something, and says what it waited for when it does not. */
export async function until(what, look, within = 30_000) {
  const end = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** `name` is what the address of the links calls this machine; passkeys want `localhost`. `settings` go into its environment. */
export async function startServer({ name = '127.0.0.1', settings = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'countersign-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(BINARY, ['serve', '--dev', '--data', data, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings, ...(name !== '127.0.0.1' && { COUNTERSIGN_PUBLIC_URL: `http://${name}:${port}` }) },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  child.stderr.on('data', (part) => (said += part));
  child.on('error', (error) => (said += String(error)));
  const ended = new Promise((done) => child.once('exit', done));

  async function stop() {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(hard);
    await rm(data, { recursive: true, force: true });
  }

  const printed = (pattern) => pattern.exec(said)?.[1];
  try {
    await until('the server', async () => {
      if (child.exitCode !== null) throw new Error('the server has ended');
      const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
      return ready && printed(/(cs_test_\S+)/);
    }, READY_WITHIN_MS);
  } catch (error) {
    if (child.exitCode === null && child.pid) await stop();
    throw new Error(`${error.message}; it said:\n${said}`);
  }

  const key = printed(/(cs_test_\S+)/);
  return { url, stop, data, key, signInLink: printed(/(http\S+\/sign-in\/\S+)/), ...client(url, key) };
}

/** The native API as an integrator would call it. */
function client(url, key) {
  async function call(method, path, body) {
    const raw = body instanceof Uint8Array;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, ...(body && !raw ? { 'Content-Type': 'application/json' } : {}) },
      body: raw ? body : body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  const json = async (...args) => (await call(...args)).json();

  /** A request that is sent already. `change` is laid over the draft. */
  async function send(change = {}) {
    const upload = await json('POST', '/v1/uploads?filename=contract.pdf', contract());
    const draft = await json('POST', '/v1/envelopes', {
      title: 'Lease of the boathouse',
      documents: [{ upload: upload.id, title: 'Lease' }],
      recipients: [{ name: 'Ada Lovelace', email: 'ada@example.org' }],
      fields: oneOfEach(1),
      ...change,
    });
    return json('POST', `/v1/envelopes/${draft.id}/send`, {});
  }

  /** What was mailed to an address, newest first, whichever box keeps it. */
  async function mailsTo(to) {
    const [test, live] = await Promise.all([
      json('GET', `/v1/test-messages?to=${encodeURIComponent(to)}`),
      json('GET', `/dev/outbox.json?to=${encodeURIComponent(to)}`),
    ]);
    // With `--dev` a test's mail lies in both.
    const each = new Map([...(test.items ?? test), ...(live.items ?? live)].map((one) => [one.id, one]));
    return [...each.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** The newest mail to an address with such a subject. */
  const mailTo = (to, about = /./) => until(`a mail to ${to} about ${about}`, async () => (await mailsTo(to)).find(({ subject }) => about.test(subject)));

  const linkIn = ({ text }) => /http\S+\/s\/[\w-]+/.exec(text)?.[0];

  /** The newest link that was mailed to an address. */
  const linkFor = (to, about = /./) =>
    until(`a link for ${to}`, async () => {
      const message = (await mailsTo(to)).find((one) => linkIn(one) && about.test(one.subject));
      return message && linkIn(message);
    });

  const status = (id, wanted) =>
    until(`status ${wanted}`, async () => {
      const envelope = await json('GET', `/v1/envelopes/${id}`);
      return envelope.status === wanted && envelope;
    });

  /** The newest code of so many digits that was sent to an address or a number. */
  const codeFor = (to, channel, digits, after = '') =>
    until(`a code for ${to}`, async () => {
      const message = (await mailsTo(to)).find((one) => one.channel === channel && one.at > after);
      return message && newestCode(message, digits);
    });

  return { call, json, send, mailsTo, mailTo, linkIn, linkFor, codeFor, status };
}

/** The code in a message, whose digits may be apart so that they can be read or spoken. */
function newestCode({ subject, text }, digits) {
  const apart = new RegExp(`(?<!\\d)\\d(?:[ ,.\\u00a0-]*\\d){${digits - 1}}(?!\\d)`);
  return apart.exec(`${subject}\n${text}`)?.[0].replace(/\D/g, '');
}

/** One field of each type for a recipient, over three pages of the contract. */
export function oneOfEach(recipient) {
  const across = recipient === 1 ? 72 : 320;
  const field = (type, page, y, width, height, more = {}) => ({ type, document: 1, page, x: across, y, width, height, recipient, required: true, label: '', ...more });
  return [
    field('text', 1, 500, 180, 24, { label: 'Place of birth' }),
    field('checkbox', 1, 560, 18, 18, { label: 'I have seen the boathouse' }),
    field('initials', 2, 640, 70, 32),
    field('signature', 3, 480, 190, 56),
    field('date_signed', 3, 560, 120, 20),
  ];
}
