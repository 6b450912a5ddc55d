#!/usr/bin/env bash
# From a fresh clone to a running server: packages, pages, release binary, `countersign serve --dev`.
# Further arguments go to `serve`.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh run
scripts/build-web.sh
cargo build --release --locked -p countersign
exec "${CARGO_TARGET_DIR:-target}/release/countersign" serve --dev --data ./data "$@"
