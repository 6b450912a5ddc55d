#!/usr/bin/env bash
# Signs every PDF of the folder that COUNTERSIGN_CORPORA names (default: ../shared/corpora) and lets pyHanko, qpdf and
# pdfsig judge the result. Prints what was refused and why, what was not accepted and why, and the percentage. Before that
# each two of the files are made one, and qpdf and poppler judge it.
# Further arguments go to scripts/corpora/run.py: --every N, --only TEXT, --minimum PERCENT.
set -euo pipefail
cd "$(dirname "$0")/.."

corpora=${COUNTERSIGN_CORPORA:-../shared/corpora}
target=${CARGO_TARGET_DIR:-$PWD/target}
if [ ! -d "$corpora" ]; then
  echo "corpora: no folder $corpora; name one with PDFs in COUNTERSIGN_CORPORA" >&2
  exit 2
fi
scripts/setup.sh test
cargo build --locked -p countersign -p countersign-pades --bins --example prepare_and_sign
bench/make_keys.sh "$target/corpora-keys"
export CORPORA_PASSPHRASE=bench
key=$target/corpora-keys/p256.p12

status=0
judge() { # TITLE SIGNER...
  local title=$1
  shift
  .venv/bin/python scripts/corpora/run.py --corpora "$corpora" --keys "$target/corpora-keys" --title "$title" \
    "${options[@]}" -- "$@" || status=1
  echo
}
options=("$@")
echo "every two files made one (POST /v1/uploads/combine):"
COUNTERSIGN_CORPORA=$(cd "$corpora" && pwd) COUNTERSIGN_PAIRS=all \
  cargo test --locked -p countersign-pdf --test combining_corpora -- --nocapture || status=1
echo
judge "countersign sign" "$target/debug/countersign" sign '{in}' -o '{out}' --field CorpusSignature \
  --key "$key" --passphrase-env CORPORA_PASSPHRASE
judge "laid out, filled and signed, as an envelope is" "$target/debug/examples/prepare_and_sign" '{in}' '{out}' "$key" bench
exit $status
