#!/usr/bin/env bash
# Installs what is missing for one purpose: setup.sh run | test | lint | bench
#
# Meant for Debian with Rust and Node already there; everything else comes from the package registries' own clients.
# Says nothing and takes a moment when nothing is missing. Safe to repeat, and to run after a broken attempt.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-}
# A Debian package each, or COMMAND=PACKAGE where a command that is there already (from wherever) will do.
run_packages=(cc=gcc libc6-dev make=make git=git ca-certificates)
test_packages=("${run_packages[@]}"
  chromium fonts-liberation            # the browser tests
  qpdf poppler-utils poppler-data openssl time # outside judges of our PDFs, and of our memory
  soffice=libreoffice-writer-nogui gs=ghostscript # documents of other kinds, PDF/A
  libreoffice-calc-nogui libreoffice-impress-nogui # spreadsheets, presentations
  java=default-jre-headless libpdfbox2-java libcommons-logging-java libcommons-io-java libjaxb-api-java # judges PDF/A
  libactivation-java libbcprov-java libbcmail-java
  postgresql                           # the second database
  python3=python3 curl=curl procps)
lint_packages=("${run_packages[@]}" shellcheck=shellcheck)
bench_packages=("${test_packages[@]}"
  javac=default-jdk-headless libpdfbox2-java libfontbox2-java libcommons-logging-java
  libbcprov-java libbcpkix-java libbcutil-java      # a peer: PDFBox with Bouncy Castle
  strace)

case $purpose in
  run) packages=("${run_packages[@]}") ;;
  test) packages=("${test_packages[@]}") ;;
  lint) packages=("${lint_packages[@]}") ;;
  bench) packages=("${bench_packages[@]}") ;;
  *) echo "usage: scripts/setup.sh run|test|lint|bench" >&2; exit 2 ;;
esac

die() { echo "setup: $*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "needs root for: $*"
  fi
}

missing_packages() {
  local entry package
  for entry in "${packages[@]}"; do
    package=${entry#*=}
    if [ "$entry" != "$package" ] && command -v "${entry%%=*}" >/dev/null; then continue; fi
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
  done
}

install_packages() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
    --no-install-recommends "$@" >"$log" 2>&1
}

debian() {
  command -v dpkg-query >/dev/null || { echo "setup: not Debian; install these yourself: ${packages[*]}" >&2; return; }
  local missing
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" = 0 ] && return
  echo "setup: installing ${missing[*]}"
  log=$(mktemp)
  as_root apt-get -o DPkg::Lock::Timeout=300 update -qq >"$log" 2>&1 || true # an old list may still do
  if ! install_packages "${missing[@]}"; then
    # A package manager that was interrupted earlier refuses everything until it has been put right.
    as_root dpkg --configure -a >>"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -f install -y -qq >>"$log" 2>&1 || true
    install_packages "${missing[@]}" || { tail -30 "$log" >&2; die "apt-get could not install ${missing[*]}"; }
  fi
  rm -f "$log"
}

rust() {
  command -v cargo >/dev/null || die "Rust is missing: install it with rustup (https://rustup.rs), 1.95 or newer"
  if [ "$purpose" = test ] && ! cargo nextest --version >/dev/null 2>&1; then
    echo "setup: installing cargo-nextest (a few minutes, once)"
    cargo install --quiet --locked cargo-nextest --version 0.9.143 --no-default-features --features default-no-update
  fi
}

node_packages() { # FOLDER: as its package-lock.json says
  local folder=$1 stamp
  [ -f "$folder/package-lock.json" ] || return 0
  stamp=$(sha256sum <"$folder/package-lock.json")
  [ "$(cat "$folder/node_modules/.installed" 2>/dev/null)" = "$stamp" ] && return 0
  echo "setup: installing the npm packages of $folder"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
  echo "$stamp" >"$folder/node_modules/.installed"
}

node() {
  command -v node >/dev/null || die "Node.js is missing: install version 20.19 or newer"
  command node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js $(command node --version) is too old: the pages need 20.19 or newer"
  node_packages web
  if [ "$purpose" = bench ]; then
    node_packages bench/peers
    node_packages bench/pages
  fi
}

python() {
  local stamp
  stamp=$(cat scripts/requirements.txt <(python3 --version) | sha256sum)
  [ "$(cat .venv/.installed 2>/dev/null)" = "$stamp" ] && return 0
  echo "setup: making the Python environment .venv"
  rm -rf .venv
  if ! python3 -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    packages=(python3-venv)
    debian
    python3 -m venv .venv
  fi
  .venv/bin/pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
  echo "$stamp" >.venv/.installed
}

debian
rust
node
case $purpose in test | bench) python ;; esac
