#!/usr/bin/env python3
"""How many durable commits a database makes here, alone: the ceiling for envelopes a second.

    commits.py sqlite FOLDER          WAL, synchronous FULL, one writer
    commits.py postgres URL           one client and eight, by pgbench

Rows of 300 bytes; 1 and 10 rows a commit. One JSON line each.
"""
import glob
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS = 3


def say(database: str, rows: int, clients: int, rate: float) -> None:
    print(json.dumps({"database": database, "rows": rows, "clients": clients, "commits_per_second": round(rate)}), flush=True)


def sqlite(folder: str) -> None:
    path = Path(folder) / "commits.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, value BLOB NOT NULL)")
    for rows in (1, 10):
        begin, commits = time.perf_counter(), 0
        while time.perf_counter() - begin < SECONDS:
            database.execute("BEGIN IMMEDIATE")
            for _ in range(rows):
                database.execute("INSERT INTO rows (value) VALUES (zeroblob(300))")
            database.execute("COMMIT")
            commits += 1
        say("SQLite", rows, 1, commits / (time.perf_counter() - begin))
    database.close()
    path.unlink()


def postgres(url: str) -> None:
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/pgbench"))
    if not programs:
        sys.exit("pgbench is missing: scripts/setup.sh bench")
    subprocess.run(["psql", "-q", url, "-c", "CREATE TABLE IF NOT EXISTS bench_rows (id BIGSERIAL PRIMARY KEY, value BYTEA NOT NULL)"],
                   check=True)
    for rows in (1, 10):
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            insert = "INSERT INTO bench_rows (value) VALUES (decode(repeat('00', 300), 'hex'));\n"
            script.write("BEGIN;\n" + insert * rows + "COMMIT;\n")
            script.flush()
            for clients in (1, 8):
                command = [programs[-1], "-n", "-f", script.name, "-c", str(clients), "-j", "1", "-T", str(SECONDS), url]
                text = subprocess.run(command, capture_output=True, text=True).stdout
                found = re.search(r"tps = ([\d.]+)", text)
                say("PostgreSQL", rows, clients, float(found[1]) if found else 0)
    subprocess.run(["psql", "-q", url, "-c", "DROP TABLE bench_rows"], check=True)


{"sqlite": sqlite, "postgres": postgres}[sys.argv[1]](sys.argv[2])
