#!/usr/bin/env bash
# The property suites of the pure crates, with CASES cases for each property (default 20,000). A failure prints the
# seed; proptest keeps it in a file beside the test, which is committed with the repair.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
export PROPTEST_CASES=${CASES:-20000}
echo "fuzz: $PROPTEST_CASES cases for each property that does not fix its own number"
exec cargo nextest run --locked -p countersign-envelope -p countersign-evidence -p countersign-identity -p countersign-pdf -p countersign-pades "$@"
