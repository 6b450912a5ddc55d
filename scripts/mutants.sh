#!/usr/bin/env bash
# Changes the rules in crates/envelope in every way cargo-mutants knows and asks whether a test notices. Fails when one
# survives that .cargo/mutants.toml does not name with its reason. Arguments: parts of the names of the changes wanted.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(cargo mutants --version 2>/dev/null | sed -n 's/^cargo-mutants \([0-9]*\).*/\1/p')
if [ "${version:-0}" -lt 25 ]; then
  echo "mutants: installing cargo-mutants (a few minutes, once)"
  cargo install --quiet --locked cargo-mutants --version 27.1.0
fi
python=target/mutants/python
if [ ! -x "$python/bin/python" ]; then
  python3 -m venv "$python"
fi
"$python/bin/pip" install --quiet --disable-pip-version-check tree-sitter==0.26.1 tree-sitter-rust==0.24.2
exec "$python/bin/python" scripts/mutants.py "$@"
