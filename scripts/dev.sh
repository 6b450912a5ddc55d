#!/usr/bin/env bash
# Pages and server with live reload. The development binary reads the pages from web/dist, which vite rebuilds as they
# change; the server is built and started anew when a Rust file changes. Further arguments go to `serve`.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh run
scripts/build-web.sh
binary=${CARGO_TARGET_DIR:-target}/debug/countersign
changes() { find Cargo.toml Cargo.lock crates -type f -printf '%p %T@\n' | sort | sha256sum; }

(cd web && exec npx vite build --watch --logLevel warn) &
pages=$!
server=
trap 'kill $pages $server 2>/dev/null; wait' EXIT
trap 'exit 0' INT TERM

while true; do
  seen=$(changes)
  if cargo build -p countersign; then
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" || true; fi
    "$binary" serve --dev --data ./data "$@" &
    server=$!
  fi
  while [ "$(changes)" = "$seen" ]; do sleep 1; done
done
