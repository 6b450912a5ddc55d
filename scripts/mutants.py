#!/usr/bin/env python3
"""Asks of every change that cargo-mutants knows for crates/envelope whether a test notices it.

cargo-mutants makes one change, compiles, runs the tests, and begins anew: some seconds each, hours for two thousand. Here
all changes are compiled at once, each behind a switch that is read from the environment, and the tests run once for each
number. What cannot stand behind a switch (a field left out of a value, a change in a `const fn`) or does not compile
among the others is left to cargo-mutants itself.

Arguments: parts of names; only changes whose name contains one of them are made. Ends with 1 when one is left over.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections import defaultdict

import tree_sitter
import tree_sitter_rust

ROOT = pathlib.Path(__file__).resolve().parent.parent
TREE = ROOT / "target" / "mutants" / "tree"
BUILD = ROOT / "target" / "mutants" / "build"
PACKAGE = "countersign-envelope"
# No test of the rules takes more than some seconds; a change under which one does not end is noticed.
LIMIT_S = 60
SWITCH = """
#[doc(hidden)]
pub fn mutant(number: u32) -> bool {
    static ONE: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *ONE.get_or_init(|| std::env::var("MUTANT").ok().and_then(|it| it.parse().ok()).unwrap_or(0)) == number
}
"""


class Change:
    """One change: where it stands and what is put around the code there."""

    def __init__(self, number, listed):
        self.number = number
        self.name = listed["name"]
        self.file = listed["file"]
        self.genre = listed["genre"]
        self.replacement = listed["replacement"]
        self.span = listed["span"]
        self.returns = (listed.get("function") or {}).get("return_type") or ""
        self.around = None  # (start, end, before, after), bytes of the file as it stands
        self.placed = []  # ranges in the file as it is written


def listed(wanted):
    out = subprocess.run(
        ["cargo", "mutants", "--package", PACKAGE, "--list", "--json"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    changes = [Change(number, it) for number, it in enumerate(json.loads(out), start=1)]
    return [it for it in changes if not wanted or any(part in it.name for part in wanted)]


def offset(lines, place):
    """Bytes before a line and column, both counted from 1 and in characters."""
    return sum(len(it) for it in lines[: place["line"] - 1]) + len(
        lines[place["line"] - 1].decode()[: place["column"] - 1].encode()
    )


def place_in(source, tree, change):
    """Says what is to be put around which bytes; leaves `around` empty where no switch can stand."""
    lines = source.splitlines(keepends=True)
    start, end = offset(lines, change.span["start"]), offset(lines, change.span["end"])
    here = f"crate::mutant({change.number})"
    text = lambda node: source[node.start_byte : node.end_byte].decode()
    node = tree.root_node.descendant_for_byte_range(start, max(start, end - 1))
    if change.genre == "FnValue" and "impl " not in change.returns:
        change.around = (start, start, f"if {here} {{ return {change.replacement}; }} ", "")
    elif change.genre == "BinaryOperator":
        while node and node.type not in ("binary_expression", "compound_assignment_expr", "let_chain"):
            node = node.parent
        if node is None or node.type == "let_chain" or holds_let(node):
            return
        whole = source[node.start_byte : start].decode() + change.replacement + source[end : node.end_byte].decode()
        change.around = (node.start_byte, node.end_byte, f"(if {here} {{ {whole} }} else {{ ", " })")
    elif change.genre == "UnaryOperator":
        while node and node.type != "unary_expression":
            node = node.parent
        if node is None:
            return
        rest = source[node.start_byte + 1 : node.end_byte].decode()
        change.around = (node.start_byte, node.end_byte, f"(if {here} {{ {rest} }} else {{ ", " })")
    elif change.genre == "MatchArmGuard":
        if holds_let(node) or b"let " in source[start:end]:
            return
        change.around = (start, end, f"(if {here} {{ {change.replacement} }} else {{ ", " })")
    elif change.genre == "MatchArm":
        while node and node.type != "match_arm":
            node = node.parent
        pattern = node.child_by_field_name("pattern") if node else None
        if pattern is None:
            return
        guard = pattern.child_by_field_name("condition")
        if guard is None:
            change.around = (pattern.end_byte, pattern.end_byte, f" if !{here} ", "")
        elif guard.type not in ("let_chain", "let_condition"):
            change.around = (guard.start_byte, guard.end_byte, f"!{here} && (", ")")


def holds_let(node):
    return node.type in ("let_chain", "let_condition") or any(
        child.type in ("let_chain", "let_condition") for child in node.children
    )


def written(source, changes):
    """The file with all switches, and where each of them came to stand."""
    # At one place the widest opens first and closes last.
    opens = sorted(changes, key=lambda it: (it.around[0], -it.around[1], it.number))
    at = defaultdict(lambda: ([], []))
    for it in opens:
        at[it.around[0]][1].append(it)
    for it in reversed(opens):
        if it.around[3]:
            at[it.around[1]][0].append(it)
    out, last = b"", 0
    for it in changes:
        it.placed = []
    for place in sorted(at):
        out += source[last:place]
        last = place
        closing, opening = at[place]
        # What begins later closes first.
        for it in sorted(closing, key=lambda it: (-it.around[0], it.around[1], -it.number)):
            begin = len(out)
            out += it.around[3].encode()
            it.placed.append((begin, len(out)))
        for it in opening:
            begin = len(out)
            out += it.around[2].encode()
            it.placed.append((begin, len(out)))
    return out + source[last:]


def write_all(sources, changes):
    by_file = defaultdict(list)
    for it in changes:
        by_file[it.file].append(it)
    for file, source in sources.items():
        code = written(source, by_file[file])
        if file.endswith("src/lib.rs"):
            code += SWITCH.encode()
        (TREE / file).write_bytes(code)


def compiled():
    """The test programs, or the places at which the compiler is not content."""
    out = subprocess.run(
        ["cargo", "test", "--no-run", "--locked", "--package", PACKAGE, "--message-format", "json"],
        cwd=TREE, capture_output=True, text=True,
        env={**os.environ, "CARGO_TARGET_DIR": str(BUILD), "CARGO_PROFILE_DEV_DEBUG": "0"},
    )
    programs, wrong = [], set()
    for line in out.stdout.splitlines():
        told = json.loads(line)
        if told.get("executable"):
            programs.append(told["executable"])
        message = told.get("message")
        if told.get("reason") == "compiler-message" and message["level"] == "error":
            code = (message["code"] or {}).get("code")
            wrong.update((it["file_name"], it["byte_start"], it["byte_end"], code)
                         for it in message["spans"] if it["is_primary"] and it["file_name"].startswith("crates/"))
    if out.returncode == 0:
        return programs, set()
    if not wrong:
        sys.exit(f"mutants: the tree does not compile\n{out.stderr[-4000:]}")
    return [], wrong


def blamed(changes, wrong, parser):
    """The changes of which the compiler complains: those at the place it names, else an arm that a `match` cannot do
    without, else those around the place."""
    found = set()
    for file, start, end, code in wrong:
        here = [it for it in changes if it.file == file]
        if code == "E0004":
            node = parser.parse((TREE / file).read_bytes()).root_node.descendant_for_byte_range(start, end - 1)
            while node and node.type != "match_expression":
                node = node.parent
            at = [it for it in here if it.genre == "MatchArm" and node
                  and any(node.start_byte <= a and b <= node.end_byte for a, b in it.placed)]
        else:
            at = [it for it in here if any(a < max(end, start + 1) and start < b for a, b in it.placed)]
            at = at or [it for it in here if len(it.placed) > 1 and it.placed[0][0] <= start and end <= it.placed[-1][1]]
        found.update(it.number for it in at)
    return found


def notices(programs, number):
    """Whether a test fails, or does not end, with the change of this number."""
    env = {**os.environ, "MUTANT": str(number), "PROPTEST_CASES": "8", "PROPTEST_MAX_SHRINK_ITERS": "0",
           "PROPTEST_FAILURE_PERSISTENCE": "off", "RUST_BACKTRACE": "0",
           # Without it the test harness takes no --fail-fast.
           "RUSTC_BOOTSTRAP": "1"}
    for program in programs:
        try:
            done = subprocess.run([program, "--quiet", "-Zunstable-options", "--fail-fast"], cwd=TREE / "crates" / "envelope", env=env,
                                  capture_output=True, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return True
        if done.returncode != 0:
            return True
    return False


def by_cargo_mutants(changes):
    """Those that cargo-mutants has to make itself: how many it counts as caught, and the ones left over."""
    if not changes:
        return 0, 0, []
    names = [f"^{re.escape(it.name)}$" for it in changes]
    output = ROOT / "target" / "mutants"
    wanted = [part for name in names for part in ("--re", name)]
    subprocess.run(
        ["cargo", "mutants", "--package", PACKAGE, "--output", str(output), "--jobs", "1", "--no-shuffle",
         "--baseline", "skip", "--timeout", str(LIMIT_S), *wanted],
        cwd=ROOT, env={**os.environ, "PROPTEST_CASES": "8"},
    )
    lines = lambda name: (output / "mutants.out" / name).read_text().splitlines()
    return len(lines("caught.txt")) + len(lines("timeout.txt")), len(lines("unviable.txt")), lines("missed.txt")


def main():
    changes = listed(sys.argv[1:])
    shutil.rmtree(TREE, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in tracked.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, TREE / name)
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
    sources = {it.file: (ROOT / it.file).read_bytes() for it in changes}
    library = "crates/envelope/src/lib.rs"
    sources[library] = (ROOT / library).read_bytes()
    trees = {file: parser.parse(source) for file, source in sources.items()}
    for it in changes:
        place_in(sources[it.file], trees[it.file], it)
    switched = [it for it in changes if it.around]
    while True:
        write_all(sources, switched)
        programs, wrong = compiled()
        if programs:
            break
        out = blamed(switched, wrong, parser)
        if not out:
            sys.exit("mutants: the compiler is not content, and no change stands there: " + str(sorted(wrong, key=str)[:5]))
        print(f"mutants: {len(out)} do not stand beside the others", flush=True)
        switched = [it for it in switched if it.number not in out]
    if notices(programs, 0):
        sys.exit("mutants: the tests fail without any change; mend them first")
    print(f"mutants: {len(switched)} of {len(changes)} changes compiled at once", flush=True)
    left = []
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 1))) as pool:
        for it, seen in zip(switched, pool.map(lambda it: notices(programs, it.number), switched)):
            if not seen:
                left.append(it.name)
                print(f"mutants: left over: {it.name}", flush=True)
    others = {it.number for it in switched}
    caught, unviable, missed = by_cargo_mutants([it for it in changes if it.number not in others])
    left += missed
    print(f"mutants: {len(changes)} changes, {len(changes) - unviable - len(left)} noticed, "
          f"{unviable} do not compile, {len(left)} left over")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
