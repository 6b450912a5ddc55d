#!/usr/bin/env bash
# Our figures in one run beside peers and beside what the machine itself takes. Figures of two runs are not compared:
# what else the machine does changes them; the ratios within one run hold.
#
# RUNS (default 30) signatures each for small files, a fifth of that for 50 MB. Further measurements follow the table:
# peak memory of `countersign sign`, size and start of the server, whole envelopes, the pages in a browser. What cannot run
# says so; nothing is left out silently. `PARTS="signing server pages"` names the parts to run.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-30}
parts=" ${PARTS:-signing server pages} "
wanted() { [[ $parts == *" $1 "* ]]; }
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/bench
results=$work/results.jsonl
signed=$work/signed
classes=$work/classes
keys=$work/keys
jars=/usr/share/java
classpath=$classes:$jars/pdfbox2.jar:$jars/fontbox2.jar:$jars/commons-logging.jar:$jars/bcprov.jar:$jars/bcpkix.jar:$jars/bcutil.jar

scripts/setup.sh bench
scripts/build-web.sh
mkdir -p "$signed" "$classes" "$work/inputs"
[ -f "$work/inputs/50mb.pdf" ] || python3 bench/make_inputs.py "$work/inputs"
# In one call, so that what both need is compiled once, with the same features.
cargo build --release --locked -p countersign -p countersign-pades --bin countersign --example sign_bench

printf 'machine: %s, %s cores, load %s\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)" "$(nproc)" \
  "$(cut -d' ' -f1 /proc/loadavg)"
binary=$target/release/countersign

record() { # WHAT COMMAND...: keep its JSON lines, or say that it failed
  local what=$1
  shift
  if ! "$@" >>"$results" 2>"$work/error.log"; then
    echo "not measured: $what: $(tail -1 "$work/error.log")"
  fi
}

own_figures() { # NAME FILE RUNS: the example prints one line for each kind of key, without the file's name
  "$target/release/examples/sign_bench" "$2" "$3" | sed "s/^{/{\"file\":\"$1\",/"
}

signing() { # beside pyHanko, PDFBox and @libpdf/core
  : >"$results"
  bench/make_keys.sh "$keys"
  javac -d "$classes" -cp "$classpath" bench/peers/PdfBoxSign.java
  record "limits" python3 bench/limits.py "$work/inputs" rsa2048 p256
  for file in small 1mb 50mb; do
    pdf=$work/inputs/$file.pdf
    count=$runs
    [ "$file" = 50mb ] && count=$((runs / 5 > 3 ? runs / 5 : 3))
    record "countersign $file" own_figures "$file" "$pdf" $((count * 5))
    for key in rsa2048 p256; do
      record "pyHanko $key $file" .venv/bin/python bench/peers/pyhanko_sign.py "$keys" $key "$pdf" "$count" "$signed/pyhanko-$key-$file.pdf"
      record "PDFBox $key $file" java -Xmx2g -cp "$classpath" PdfBoxSign "$keys" $key "$pdf" "$count" "$signed/pdfbox-$key-$file.pdf"
      record "@libpdf/core $key $file" node bench/peers/libpdf_sign.mjs "$keys" $key "$pdf" "$count" "$signed/libpdf-$key-$file.pdf"
    done
  done
  python3 bench/table.py "$results"

  printf '\nwhat the peers made, judged by pdfsig:\n'
  for pdf in "$signed"/*-small.pdf; do
    printf '  %-28s %s\n' "$(basename "$pdf")" "$(pdfsig -nocert "$pdf" 2>/dev/null | sed -n 's/.*Signature Validation: //p' | head -1)"
  done

  printf '\npeak memory of "countersign sign" (VmHWM), P-256   (aim: under 40 MB)\n'
  for file in small 1mb 50mb; do
    if BENCH_PASSPHRASE=bench /usr/bin/time -f '%M' -o "$work/peak" "$binary" sign "$work/inputs/$file.pdf" \
      -o "$signed/countersign-$file.pdf" --key "$keys/p256.p12" --passphrase-env BENCH_PASSPHRASE >"$work/error.log" 2>&1; then
      printf '  %-6s %8.1f MB   %s\n' "$file" "$(awk '{print $1 / 1024}' "$work/peak")" \
        "$(pdfsig -nocert "$signed/countersign-$file.pdf" 2>/dev/null | sed -n 's/.*Signature Validation: //p' | head -1)"
    else
      printf '  %-6s not measured: %s\n' "$file" "$(tail -1 "$work/error.log")"
    fi
  done
}

server() {
  rm -rf "$work/data"
  python3 bench/start.py "$binary" "$work/data"
  bench/envelopes.sh "$binary" "$work" "$work/inputs/small.pdf"
}

if wanted signing; then signing; fi
if wanted server; then server; fi
if wanted pages; then COUNTERSIGN_BIN=$binary node bench/pages/pages.mjs; fi
