#!/usr/bin/env python3
"""Prints the JSON lines of one benchmark run as tables: table.py RESULTS

Every cell is the median in milliseconds and, behind it, how many times ours that is.
"""
import json
import sys
from pathlib import Path

OURS = "countersign"
FILES = ["small", "1mb", "50mb"]


def cell(value: float | None, ours: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" + (f" ({value / ours:.1f}x)" if ours else "")


def own(line: dict) -> list[dict]:
    """Our example's line as lines of the peers' shape, and the limits that it measured with our own key and hash."""
    key = {"P-256": "p256", "RSA-2048": "rsa2048"}[line["key"]]
    figures = {"peer": [(OURS, "sign_in_memory"), (OURS + ", file to file", "sign")],
               "limit": [("our key operation", "key_operation"), ("our SHA-256", "hash"), ("our SHA-256 and copy to a file", "hash_and_copy")]}
    return [{kind: name, "key": key, "file": line["file"], "median_ms": line[figure]}
            for kind, names in figures.items() for name, figure in names]


def main(results: Path) -> None:
    lines = [json.loads(line) for line in results.read_text().splitlines() if line.startswith("{")]
    lines = [part for line in lines for part in (own(line) if "sign_in_memory" in line else [line])]
    signed = {(line["peer"], line["key"], line["file"]): line["median_ms"] for line in lines if "peer" in line}
    limits = {(line["limit"], line["key"], line["file"]): line["median_ms"] for line in lines if "limit" in line}
    peers = sorted({peer for peer, _, _ in signed}, key=lambda peer: (not peer.startswith(OURS), peer))
    for key in sorted({key for _, key, _ in signed}):
        print(f"\nPAdES B-B, {key}, one process, median ms (times ours)")
        print(f"{'':44}" + "".join(f"{file:>20}" for file in FILES))
        for peer in peers:
            row = [cell(signed.get((peer, key, file)), None if peer == OURS else signed.get((OURS, key, file))) for file in FILES]
            print(f"{peer:44}" + "".join(f"{value:>20}" for value in row))
        operation = limits.get(("key operation", key, ""))
        for name in ["SHA-256", "SHA-256 and copy"]:
            row = []
            for file in FILES:
                bound = limits.get((name, "", file))
                bound = None if bound is None or operation is None else bound + operation
                row.append(cell(bound, signed.get((OURS, key, file))))
            print(f"{'limit: key + ' + name:44}" + "".join(f"{value:>20}" for value in row))
        for name in ["our SHA-256", "our SHA-256 and copy to a file"]:
            row = []
            for file in FILES:
                bound, operation = limits.get((name, key, file)), limits.get(("our key operation", key, file))
                bound = None if bound is None or operation is None else bound + operation
                row.append(cell(bound, signed.get((OURS if name == "our SHA-256" else OURS + ", file to file", key, file))))
            print(f"{'limit: key + ' + name:44}" + "".join(f"{value:>20}" for value in row))
    missing = [f"{peer} {key} {file}" for peer in peers for key in {k for _, k, _ in signed} for file in FILES
               if (peer, key, file) not in signed]
    if missing:
        print("\nnot measured: " + ", ".join(sorted(missing)))
    if not any(peer == OURS for peer in peers):
        print("\nours is missing: its benchmark did not run, so there are no ratios")


main(Path(sys.argv[1]))
