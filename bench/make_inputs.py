#!/usr/bin/env python3
"""Writes the files that `make bench` signs: make_inputs.py FOLDER

small.pdf (one page, under 1 kB), 1mb.pdf and 50mb.pdf: one page and an embedded stream of noise, classic
cross-reference table. The same bytes on every machine; nothing but the standard library.
"""
import random
import sys
from pathlib import Path


def pdf(ballast: bytes) -> bytes:
    text = b"BT /F1 11 Tf 72 770 Td (One page, one line.) Tj ET\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(text) + text + b"endstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    if ballast:
        objects.append(b"<< /Length %d >>\nstream\n" % len(ballast) + ballast + b"\nendstream")
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /ID [<%032x> <%032x>] >>\n" % (len(objects) + 1, len(ballast), len(ballast))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, size in [("small", 0), ("1mb", 1_000_000), ("50mb", 50_000_000)]:
        (folder / f"{name}.pdf").write_bytes(pdf(random.Random(20260101).randbytes(size)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
