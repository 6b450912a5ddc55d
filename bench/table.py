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


def main(results: Path) -> None:
    lines = [json.loads(line) for line in results.read_text().splitlines() if line.startswith("{")]
    signed = {(line["peer"], line["key"], line["file"]): line["median_ms"] for line in lines if "peer" in line}
    limits = {(line["limit"], line["key"], line["file"]): line["median_ms"] for line in lines if "limit" in line}
    peers = sorted({peer for peer, _, _ in signed}, key=lambda peer: (not peer.startswith(OURS), peer))
    for key in sorted({key for _, key, _ in signed}):
        print(f"\nPAdES B-B, {key}, one process, median ms (times ours)")
        print(f"{'':26}" + "".join(f"{file:>20}" for file in FILES))
        for peer in peers:
            row = [cell(signed.get((peer, key, file)), None if peer == OURS else signed.get((OURS, key, file))) for file in FILES]
            print(f"{peer:26}" + "".join(f"{value:>20}" for value in row))
        operation = limits.get(("key operation", key, ""))
        for name in ["SHA-256", "SHA-256 and copy"]:
            row = []
            for file in FILES:
                bound = limits.get((name, "", file))
                bound = None if bound is None or operation is None else bound + operation
                row.append(cell(bound, signed.get((OURS, key, file))))
            print(f"{'limit: key + ' + name:26}" + "".join(f"{value:>20}" for value in row))
    missing = [f"{peer} {key} {file}" for peer in peers for key in {k for _, k, _ in signed} for file in FILES
               if (peer, key, file) not in signed]
    if missing:
        print("\nnot measured: " + ", ".join(sorted(missing)))
    if not any(peer == OURS for peer in peers):
        print("\nours is missing: its benchmark did not run, so there are no ratios")


main(Path(sys.argv[1]))
