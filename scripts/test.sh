#!/usr/bin/env bash
# Every test there is: the pages' unit tests, the Rust tests with a PostgreSQL and an S3 server on loopback, and the
# browser tests. All stages run, whatever an earlier one found. The last line is the count over all runners; the exit
# status is not 0 when a test failed or a stage could not run.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

work=$PWD/.test
target=${CARGO_TARGET_DIR:-$PWD/target}
mkdir -p "$work"
passed=0 failed=0 skipped=0

export COUNTERSIGN_PYTHON=${COUNTERSIGN_PYTHON:-$PWD/.venv/bin/python}
export COUNTERSIGN_BIN=$target/debug/countersign
if [ -z "${COUNTERSIGN_CORPORA:-}" ] && [ -d ../shared/corpora ]; then
  COUNTERSIGN_CORPORA=$(cd ../shared/corpora && pwd)
  export COUNTERSIGN_CORPORA
fi

say() { printf '\n== %s (%s s so far)\n' "$1" "$SECONDS"; }

finish() {
  trap - EXIT
  [ -x scripts/services.sh ] && scripts/services.sh stop >"$work/services-stop.log" 2>&1
  local line="$passed passed, $failed failed"
  [ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
  printf '\nin %d min %d s\n%s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$line"
  # Said outright: a bare `exit` in a trap gives the status from before the trap.
  if [ "$failed" = 0 ] && [ "$passed" -gt 0 ]; then exit 0; else exit 1; fi
}
trap finish EXIT
trap 'broken "interrupted"; exit 130' INT TERM

broken() { # WHY: a stage that could not run, or that failed without naming a test
  echo "STAGE FAILED: $1"
  failed=$((failed + 1))
}

count() { # STAGE STATUS PASSED FAILED SKIPPED, as the runner's own summary says
  passed=$((passed + ${3:-0})) failed=$((failed + ${4:-0})) skipped=$((skipped + ${5:-0}))
  echo "$1: ${3:-0} passed, ${4:-0} failed, ${5:-0} skipped"
  if [ "${3:-0}" = 0 ] && [ "${4:-0}" = 0 ]; then broken "$1 ran no test"; fi
  if [ "$2" != 0 ] && [ "${4:-0}" = 0 ]; then broken "$1 ended with status $2 and no failed test"; fi
}

number_before() { # WORD TEXT: the number that stands before a word in a summary line
  sed -nE "s/.* ([0-9]+) $1.*/\1/p" <<<" $2" | head -1
}

say "set-up"
scripts/setup.sh test || { broken "set-up"; exit 1; }

say "pages: build"
scripts/build-web.sh || broken "the pages do not build"

say "pages: unit tests"
rm -f "$work/vitest.json"
(cd web && npx --no-install vitest run --reporter=default --reporter=json --outputFile="$work/vitest.json")
status=$?
if [ -s "$work/vitest.json" ]; then
  read -r yes no out < <(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
    console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests)' "$work/vitest.json")
  count "pages" "$status" "$yes" "$no" "$out"
else
  broken "vitest wrote no result"
fi

say "services"
if scripts/services.sh start; then
  set -a
  eval "$(scripts/services.sh env)"
  set +a
else
  broken "PostgreSQL and S3 did not start"
fi

say "build"
if cargo build --locked --workspace --all-targets; then
  say "Rust tests"
  cargo nextest run --locked --workspace --profile ci 2>&1 | tee "$work/nextest.log"
  status=${PIPESTATUS[0]}
  summary=$(grep -E '^ *Summary \[' "$work/nextest.log" | tail -1)
  no=0
  for word in failed 'timed out' 'exec failed'; do
    found=$(number_before "$word" "$summary")
    no=$((no + ${found:-0}))
  done
  count "Rust" "$status" "$(number_before passed "$summary")" "$no" "$(number_before skipped "$summary")"
else
  broken "the workspace does not build, so no Rust test ran"
fi

if [ -d web/e2e ]; then
  say "browser tests"
  if [ -x "$COUNTERSIGN_BIN" ]; then
    # Far more than they take: no run waits for ever for a browser.
    timeout -k 30 2700 node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
      --test-reporter=tap --test-reporter-destination="$work/browser.tap" web/e2e/*.test.mjs
    status=$?
    total() { sed -n "s/^# $1 //p" "$work/browser.tap" | tail -1; }
    [ "$status" = 124 ] && broken "the browser tests did not end in 45 minutes"
    count "browser" "$status" "$(total pass)" "$(($(total fail) + $(total cancelled)))" \
      "$(($(total skipped) + $(total todo)))"
  else
    broken "there is no binary for the browser tests"
  fi
fi
