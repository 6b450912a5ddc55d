#!/usr/bin/env python3
"""Signs every PDF of a folder of strangers' files and lets outside validators judge the result.

    run.py --corpora FOLDER --keys FOLDER [--title TEXT] [--every N] [--only TEXT] [--minimum PERCENT] -- SIGNER...

SIGNER is a command in which {in} and {out} stand for the files. Each file gets 10 s and 512 MB. Counted: the files that
qpdf opens without a password and that no certification forbids to change; encrypted ones (with an empty password) apart.
Exit status 0 when at least PERCENT of them are accepted and nothing crashed, hung or ate memory.
"""
import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import judge

SECONDS, MEGABYTES = 10, 512


def limits() -> None:
    # Address space is what can be limited for one process; threads' stacks and arenas are reserved in it, not used,
    # so it is twice the memory that the file may take. What it really took is measured.
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEGABYTES << 20, 2 * MEGABYTES << 20))


def sign(command: list[str], peak_file: Path) -> tuple[str, str]:
    """What became of one run ("signed", "refused", "crashed", "hung", "ate memory") and its last words."""
    begin = time.monotonic()
    timed = ["/usr/bin/time", "-q", "-f", "%M", "-o", str(peak_file), *command]
    process = subprocess.Popen(timed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                               preexec_fn=limits, start_new_session=True)
    try:
        out, errors = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "hung", f"no end within {SECONDS} s"
    words = (errors + out).decode("utf-8", "replace").strip()
    try:
        peak = int(peak_file.read_text().split()[-1]) / 1024
    except (OSError, ValueError, IndexError):
        peak = 0.0
    if peak > MEGABYTES:
        return "ate memory", f"{peak:.0f} MB"
    last = words.splitlines()[-1] if words else "no words"
    if process.returncode == 0:
        return "signed", f"{(time.monotonic() - begin) * 1000:.0f} ms, {peak:.0f} MB"
    if process.returncode in (1, 2) and "panicked" not in words:
        return "refused", last
    return "crashed", f"status {process.returncode}: {last}"


def one(job: tuple[Path, Path, list[str]]) -> dict:
    path, keys, signer = job
    context = judge.authority(keys)
    data = path.read_bytes()
    was = judge.before(path, data, context)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        command = [part.replace("{in}", str(path)).replace("{out}", str(out)) for part in signer]
        outcome, words = sign(command, Path(folder) / "peak")
        reasons = []
        if outcome == "signed" and not out.exists():
            outcome, words = "crashed", "exit status 0 and no file"
        elif outcome == "signed" and was.pages is not None:
            # Where pyHanko cannot read the upload itself, its earlier signatures cannot be compared.
            reasons = judge.after(path, out, out.read_bytes(), was, context)
            if was.signatures and not out.read_bytes().startswith(data):
                reasons.append("a signed file was rewritten")
            outcome = "not accepted" if reasons else "accepted"
    kind = "counted"
    if was.encryption == "needs a password":
        kind = "needs a password"
    elif was.pages is None:
        kind = "qpdf cannot open it"
    elif was.certified_no_changes:
        kind = "certified, no changes"
    elif was.encryption == "empty password":
        kind = "encrypted, empty password"
    return {"file": f"{path.parent.name}/{path.name}", "kind": kind, "outcome": outcome, "words": words, "reasons": reasons}


def report(results: list[dict], minimum: float) -> bool:
    good = True
    for kind in ["counted", "encrypted, empty password", "certified, no changes", "needs a password", "qpdf cannot open it"]:
        of_kind = [result for result in results if result["kind"] == kind]
        if not of_kind:
            continue
        counts = Counter(result["outcome"] for result in of_kind)
        print(f"\n{kind}: {len(of_kind)} files: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()))
        for result in of_kind:
            if result["outcome"] in ("accepted", "signed"):
                continue
            if kind in ("needs a password", "qpdf cannot open it") and result["outcome"] == "refused":
                continue  # as it should be; the sentences are counted below
            print(f"  {result['outcome']:12} {result['file']}: " + ("; ".join(result["reasons"]) or result["words"]))
        if kind == "certified, no changes" and counts["refused"] != len(of_kind):
            print("  a certified document that forbids changes has to be refused")
            good = False
    sentences = Counter(result["words"] for result in results if result["outcome"] == "refused")
    print("\nrefusals by sentence:")
    for sentence, count in sentences.most_common(20):
        print(f"  {count:4} {sentence[:160]}")
    bad = [result for result in results if result["outcome"] in ("crashed", "hung", "ate memory")]
    print(f"\ncrashed, hung or ate memory: {len(bad)}")
    counted = [result for result in results if result["kind"] == "counted"]
    accepted = sum(result["outcome"] == "accepted" for result in counted)
    share = 100 * accepted / len(counted) if counted else 0.0
    print(f"accepted: {accepted} of {len(counted)} = {share:.2f} %   (at least {minimum:g} %)")
    return good and not bad and share >= minimum


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--title", default="", help="printed above the report")
    parser.add_argument("--every", type=int, default=1, help="take each N-th file only")
    parser.add_argument("--only", default="", help="take files whose path contains this text")
    parser.add_argument("--minimum", type=float, default=97.0)
    parser.add_argument("signer", nargs="+")
    options = parser.parse_args()
    for tool in ("qpdf", "pdfsig", "/usr/bin/time"):
        if not shutil.which(tool):
            print(f"{tool} is missing: scripts/setup.sh test", file=sys.stderr)
            return 2
    files = [path for path in sorted(options.corpora.rglob("*.pdf")) if options.only in str(path)][:: options.every]
    if not files:
        print(f"no PDF under {options.corpora}", file=sys.stderr)
        return 2
    jobs = [(path, options.keys, options.signer) for path in files]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(one, jobs, chunksize=4))
    if options.title:
        print(f"== {options.title}")
    return 0 if report(results, options.minimum) else 1


if __name__ == "__main__":
    sys.exit(main())
