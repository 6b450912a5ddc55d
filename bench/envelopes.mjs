// Whole envelopes over HTTP, from upload to sealed file: node envelopes.mjs BASE_URL API_KEY PDF SECONDS CLIENTS
//
// Each client makes one envelope after another: upload, create, send, read the invitation in the outbox of `--dev` (or
// among the test messages), open, consent, sign with a typed name, wait for the seal. Prints one JSON line: envelopes a
// second, the median time of one from upload to sealed file, how many took part, and what failed.
import { readFileSync } from "node:fs";

const [base, key, file, seconds, clients] = process.argv.slice(2);
const pdf = readFileSync(file);
const run = Date.now().toString(36);
let number = 0;

async function call(method, path, { token = key, body, raw } = {}) {
  const headers = { authorization: `Bearer ${token}` };
  // IDEMPOTENT=1 sends a key with each POST, which takes a commit more to take the key, and
  // one to keep the answer where it is not kept with what was made.
  if (method === "POST" && process.env.IDEMPOTENT) headers["idempotency-key"] = crypto.randomUUID();
  if (raw) headers["content-type"] = "application/pdf";
  else if (body) headers["content-type"] = "application/json";
  const answer = await fetch(base + path, { method, headers, body: raw ?? (body && JSON.stringify(body)) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return text ? JSON.parse(text) : {};
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function until(what, probe) {
  const end = performance.now() + 30_000;
  for (let wait = 2; performance.now() < end; wait = Math.min(wait * 1.5, 50)) {
    const found = await probe();
    if (found) return found;
    await pause(wait);
  }
  throw new Error(`${what} did not happen within 30 s`);
}

async function envelope() {
  const email = `signer-${run}-${++number}@example.com`;
  const upload = await call("POST", "/v1/uploads?filename=contract.pdf", { raw: pdf });
  const draft = {
    title: "Bench",
    documents: [{ upload: upload.id, title: "Contract" }],
    recipients: [{ name: "Ada Signer", email, role: "signer", step: 1, language: "en" }],
    fields: [
      { type: "signature", document: 1, page: 1, x: 72, y: 600, width: 180, height: 50, recipient: 1, required: true, label: "Signature" },
    ],
  };
  const made = await call("POST", "/v1/envelopes", { body: draft });
  await call("POST", `/v1/envelopes/${made.id}/send`, { body: {} });
  const token = await until("the invitation", async () => {
    for (const box of ["/dev/outbox.json", "/v1/test-messages"]) {
      const mails = await call("GET", `${box}?to=${encodeURIComponent(email)}`);
      const link = (mails.items ?? mails).map((mail) => /\/s\/([A-Za-z0-9_-]+)/.exec(mail.text)?.[1]).find(Boolean);
      if (link) return link;
    }
    return null;
  });
  const before = await call("GET", "/v1/ceremony", { token });
  const open = await call("POST", "/v1/ceremony/consent", { token, body: { version: before.consent.version } });
  const revisions = Object.fromEntries(open.documents.map((document) => [document.number, document.revision]));
  const finish = { agreed: true, signature: { kind: "typed", text: "Ada Signer" }, initials: null, values: {}, revisions };
  await call("POST", "/v1/ceremony/finish", { token, body: finish });
  await until("the seal", async () => (await call("GET", `/v1/envelopes/${made.id}`)).status === "completed");
}

const times = [];
const failures = [];
async function client(end) {
  while (performance.now() < end && failures.length < 5) {
    const begin = performance.now();
    try {
      await envelope();
      times.push(performance.now() - begin);
    } catch (error) {
      failures.push(error.message);
    }
  }
}

/** What the server says it has committed durably since its start. */
async function commits() {
  const text = await (await fetch(`${base}/metrics`)).text();
  return Number(/^countersign_durable_commits (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

await envelope(); // warms up, and fails early with its reason
await new Promise((done) => setTimeout(done, 1500)); // its audit trail and mails are committed after its seal
const committed = await commits();
const begin = performance.now();
await Promise.all(Array.from({ length: Number(clients) }, () => client(begin + Number(seconds) * 1000)));
const elapsed = (performance.now() - begin) / 1000;
await new Promise((done) => setTimeout(done, 1500));
const perEnvelope = ((await commits()) - committed) / times.length;
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    envelopes_per_second: Number((times.length / elapsed).toFixed(2)),
    median_ms: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    envelopes: times.length,
    durable_commits_per_envelope: Number(perEnvelope.toFixed(1)),
    clients: Number(clients),
    failures,
  }),
);
