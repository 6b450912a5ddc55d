#!/usr/bin/env bash
# Everything a machine can complain about without running the product. A warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh lint
scripts/build-web.sh
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet
(cd web && npm run --silent check)
find scripts .ci bench -name node_modules -prune -o -type f \( -name '*.sh' -o -path '.ci/run' \) -print0 | xargs -0 shellcheck
echo "lint: nothing to complain about"
