#!/usr/bin/env python3
"""What no signer can beat on this machine, measured in the same run: limits.py FOLDER KEY... (files *.pdf of FOLDER)

One JSON line each: the bare private-key operation (`openssl speed`), SHA-256 of each file by reading it in pieces, and
the same while copying it.
"""
import hashlib
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

PIECE = 1 << 18
SPEED = {"rsa2048": ("rsa2048", r"^rsa +2048 bits +\S+ +\S+ +([\d.]+)"),
         "p256": ("ecdsap256", r"^ *256 bits ecdsa \(nistp256\) +\S+ +\S+ +([\d.]+)")}


def say(limit: str, key: str, file: str, milliseconds: float) -> None:
    print(json.dumps({"limit": limit, "key": key, "file": file, "median_ms": round(milliseconds, 4)}), flush=True)


def pass_over(source: Path, copy: bool) -> None:
    digest = hashlib.sha256()
    target = bytearray()
    with source.open("rb", buffering=0) as pieces:
        while piece := pieces.read(PIECE):
            digest.update(piece)
            if copy:
                target += piece


def median(work, runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main(folder: Path, names: list[str]) -> None:
    for name in names:
        word, pattern = SPEED[name]
        text = subprocess.run(["openssl", "speed", "-seconds", "2", word], capture_output=True, text=True).stdout
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            say("key operation", name, "", 1000 / float(found[1]))
    for file in sorted(folder.glob("*.pdf")):
        runs = 9 if file.stat().st_size > 10_000_000 else 99
        say("SHA-256", "", file.stem, median(lambda: pass_over(file, copy=False), runs))
        say("SHA-256 and copy", "", file.stem, median(lambda: pass_over(file, copy=True), runs))


main(Path(sys.argv[1]), sys.argv[2:])
