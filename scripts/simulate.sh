#!/usr/bin/env bash
# Envelopes as chance has them: RUNS runs (default 10,000) on SQLite and as many on PostgreSQL. A failure prints its seed
# and what was done; with COUNTERSIGN_SEED only the run of that seed is made, move by move the same.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
trap 'scripts/services.sh stop' EXIT
scripts/services.sh start
eval "$(scripts/services.sh env)"
export COUNTERSIGN_SIMULATIONS=${RUNS:-10000}
if [ -n "${COUNTERSIGN_SEED:-}" ]; then
  echo "simulate: the run of seed $COUNTERSIGN_SEED on each database"
else
  echo "simulate: $COUNTERSIGN_SIMULATIONS runs on each database"
fi
cargo nextest run --locked -p countersign-service --test simulator --success-output immediate "$@"
