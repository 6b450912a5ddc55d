#!/usr/bin/env bash
# Whole envelopes a second over HTTP, on SQLite and on PostgreSQL, beside what the database alone commits, and how many
# durable commits one envelope takes: envelopes.sh BINARY FOLDER PDF
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$1 work=$2 pdf=$3
seconds=${SECONDS_EACH:-10}
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; wait' EXIT

field() { # NAME FILE: one value of a JSON document
  python3 -c 'import json, sys; print(json.load(open(sys.argv[2]))[sys.argv[1]])' "$1" "$2"
}

start() { # FOLDER DATABASE_ARGUMENTS...
  local data=$1 port
  shift
  rm -rf "$data"
  mkdir -p "$data"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  url=http://127.0.0.1:$port
  "$binary" admin bootstrap --data "$data" "$@" --tenant Bench --email owner@example.com --json >"$data/owner.json"
  "$binary" serve --dev --data "$data" "$@" --listen "127.0.0.1:$port" >"$data/log" 2>&1 &
  server=$!
  for _ in $(seq 200); do
    curl -sf -o "$data/ready" "$url/readyz" && return
    sleep 0.05
  done
  echo "not measured: the server did not get ready: $(tail -1 "$data/log")"
  return 1
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

load() { # CLIENTS
  node bench/envelopes.mjs "$url" "$(field api_key "$data/owner.json")" "$pdf" "$seconds" "$1"
}

syncs() { # while COMMAND runs: fsync and fdatasync calls of the server
  strace -f -c -e trace=fsync,fdatasync -o "$work/strace" -p "$server" 2>/dev/null &
  local tracer=$!
  sleep 1
  "$@"
  kill -INT "$tracer"
  wait "$tracer" || true
  awk '$NF ~ /^(fsync|fdatasync)$/ { calls += $4 } END { print "  synced to disk by the server, in all: " calls + 0 " (fsync and fdatasync)" }' "$work/strace"
}

data=$work/envelopes-sqlite
printf '\nwhole envelopes with one signer, upload to sealed file, over HTTP, SQLite\n'
python3 bench/commits.py sqlite "$work" | sed 's/^/  limit: /'
if start "$data"; then
  for clients in 1 8; do load "$clients" | sed 's/^/  /'; done
  printf '  one client again, counting:\n'
  syncs load 1 | sed 's/^/  /'
  stop
fi

data=$work/envelopes-postgres
printf '\nthe same on PostgreSQL\n'
scripts/services.sh start
eval "$(scripts/services.sh env)"
base=${COUNTERSIGN_TEST_PG%/*}
psql -q "$COUNTERSIGN_TEST_PG" -c "DROP DATABASE IF EXISTS countersign_bench" -c "CREATE DATABASE countersign_bench" 2>/dev/null
python3 bench/commits.py postgres "$base/countersign_bench" | sed 's/^/  limit: /'
if start "$data" --database "$base/countersign_bench"; then
  transactions() { psql -XqAt "$base/countersign_bench" -c "SELECT pg_current_xact_id()"; }
  load 8 | sed 's/^/  /'
  before=$(transactions)
  load 1 | tee "$work/one.json" | sed 's/^/  /'
  after=$(transactions)
  # The first envelope warms up and is not in the count, but in the transactions; asking is one transaction, too.
  echo "  writing transactions an envelope: $(python3 -c "print(round(($after - $before - 1) / ($(field envelopes "$work/one.json") + 1), 1))")   (aim: 10)"
  stop
fi
scripts/services.sh stop
