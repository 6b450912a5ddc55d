// @libpdf/core, B-B, in one process: node libpdf_sign.mjs KEYS KEY FILE RUNS OUT. The key is imported once.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { webcrypto } from "node:crypto";
import { CryptoKeySigner, PDF } from "@libpdf/core";

const [folder, key, file, runs, out] = process.argv.slice(2);
const der = (path) => Buffer.from(readFileSync(join(folder, path), "utf8").replace(/-----[^-]+-----|\s/g, ""), "base64");
const algorithm =
  key === "p256" ? { name: "ECDSA", namedCurve: "P-256" } : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const privateKey = await webcrypto.subtle.importKey("pkcs8", der(`${key}.key.pem`), algorithm, false, ["sign"]);
const signer = new CryptoKeySigner(privateKey, der(`${key}.pem`), key === "p256" ? "EC" : "RSA", algorithm.name, [
  der("ca.pem"),
]);

const data = new Uint8Array(readFileSync(file));
const times = [];
let result;
for (let run = -2; run < Number(runs); run++) {
  const begin = performance.now();
  const pdf = await PDF.load(data);
  result = await pdf.sign({ signer, level: "B-B" });
  if (run >= 0) times.push(performance.now() - begin);
}
writeFileSync(out, result.bytes);
times.sort((a, b) => a - b);
const median_ms = Number(times[Math.floor(times.length / 2)].toFixed(4));
console.log(JSON.stringify({ peer: "@libpdf/core", key, file: basename(file, ".pdf"), median_ms }));
