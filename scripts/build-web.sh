#!/usr/bin/env bash
# Builds the pages into web/dist, from where the binary embeds them. Does nothing when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

stamp=$(find . \( -name node_modules -o -name dist \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
if [ ! -d dist ] || [ "$(cat node_modules/.built 2>/dev/null)" != "$stamp" ]; then
  npm run --silent build
  echo "$stamp" >node_modules/.built
fi
