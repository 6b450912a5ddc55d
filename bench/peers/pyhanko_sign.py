#!/usr/bin/env python3
"""pyHanko, B-B, in one process: pyhanko_sign.py KEYS KEY FILE RUNS OUT

Prints one JSON line for the API as documented (SimpleSigner, which loads its key for each signature) and one with the
key parsed once, so that the comparison is with the library's work and not with its default.
"""
import json
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


def load(path: Path, kind):
    return kind.load(pem.unarmor(path.read_bytes())[2])


class ParsedOnce(signers.SimpleSigner):
    """The same signer with its private key loaded at the start."""

    loaded = None

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        if isinstance(self.loaded, ec.EllipticCurvePrivateKey):
            return self.loaded.sign(data, ec.ECDSA(hashes.SHA256()))
        return self.loaded.sign(data, padding.PKCS1v15(), hashes.SHA256())


def sign(data: bytes, signer) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    meta = signers.PdfSignatureMetadata(
        field_name="Signature1", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    return signers.sign_pdf(writer, meta, signer=signer).getbuffer()


def main() -> None:
    folder, key, file, runs, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    store = SimpleCertificateStore()
    store.register(load(folder / "ca.pem", x509.Certificate))
    parts = {
        "signing_cert": load(folder / f"{key}.pem", x509.Certificate),
        "signing_key": load(folder / f"{key}.key.pem", keys.PrivateKeyInfo),
        "cert_registry": store,
    }
    once = ParsedOnce(**parts)
    once.loaded = serialization.load_pem_private_key((folder / f"{key}.key.pem").read_bytes(), None)
    data = file.read_bytes()
    for peer, signer in [("pyHanko", signers.SimpleSigner(**parts)), ("pyHanko, key parsed once", once)]:
        times = []
        for run in range(runs + 2):
            begin = time.perf_counter()
            result = sign(data, signer)
            if run >= 2:  # the first two warm up
                times.append((time.perf_counter() - begin) * 1000)
        Path(out).write_bytes(result)
        print(json.dumps({"peer": peer, "key": key, "file": file.stem, "median_ms": round(statistics.median(times), 4)}))


main()
