#!/usr/bin/env bash
# Changes the rules in crates/envelope in every way cargo-mutants knows and asks whether a test notices. Fails when one
# survives that .cargo/mutants.toml does not name with its reason. Further arguments go to `cargo mutants`.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(cargo mutants --version 2>/dev/null | sed -n 's/^cargo-mutants \([0-9]*\).*/\1/p')
if [ "${version:-0}" -lt 25 ]; then
  echo "mutants: installing cargo-mutants (a few minutes, once)"
  cargo install --quiet --locked cargo-mutants --version 27.1.0
fi
mkdir -p target
exec cargo mutants --package countersign-envelope --output target --jobs 2 --no-shuffle "$@"
