#!/usr/bin/env bash
# PostgreSQL and an S3 server (SeaweedFS) for the tests, on loopback only, everything on disk below .test/.
#
#   services.sh start    starts what is not running yet, and waits until it answers
#   services.sh stop     stops both; PostgreSQL's data stays, the S3 server starts empty
#   services.sh env      prints the exports that tests read; use: eval "$(scripts/services.sh env)"
#
# All three can be repeated. The ports follow from the folder's path, so that two checkouts do not meet;
# COUNTERSIGN_TEST_PORTS sets the first of five. SeaweedFS is looked for in $COUNTERSIGN_VENV, else in .venv.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD/.test
venv=${COUNTERSIGN_VENV:-$PWD/.venv}
# Below the ephemeral range, also 10000 higher, where SeaweedFS puts its gRPC ports.
ports=${COUNTERSIGN_TEST_PORTS:-$((20000 + $(printf '%s' "$PWD" | cksum | cut -d' ' -f1) % 500 * 5))}
pg_port=$ports s3_port=$((ports + 1)) master_port=$((ports + 2)) volume_port=$((ports + 3)) filer_port=$((ports + 4))
access_key=countersign-test secret_key=only-for-tests-on-loopback bucket=countersign-test

die() { echo "services: $*" >&2; exit 1; }

# PostgreSQL refuses to run as root; where we are root it runs as the user its package made.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/ "$@"
  else
    "$@"
  fi
}

pg_bin() {
  local folder
  for folder in "${COUNTERSIGN_PG_BIN:-}" /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && { echo "$folder"; return; }
  done
  die "PostgreSQL's programs are not in /usr/lib/postgresql; set COUNTERSIGN_PG_BIN"
}

# The data folder: below .test, unless the postgres user may not go there (a checkout in somebody's private home).
pg_data() {
  local data=$root/postgres
  mkdir -p "$data"
  if [ "$(id -u)" = 0 ]; then
    chown postgres:postgres "$data"
    if ! as_postgres test -w "$data"; then
      data=/var/tmp/countersign-test-$ports
      mkdir -p "$data"
      chown postgres:postgres "$data"
    fi
  fi
  chmod 700 "$data"
  echo "$data"
}

pg_start() {
  local bin data
  bin=$(pg_bin)
  data=$(pg_data)
  if [ ! -f "$data/PG_VERSION" ]; then
    as_postgres "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$root/initdb.log" 2>&1 ||
      { tail -20 "$root/initdb.log" >&2; die "initdb failed"; }
  fi
  if ! as_postgres "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    as_postgres "$bin/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" start >/dev/null \
      -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" ||
      { tail -20 "$data/server.log" >&2; die "PostgreSQL did not start"; }
  fi
  if ! pg_sql "SELECT 1 FROM pg_database WHERE datname = 'countersign'" | grep -q 1; then
    pg_sql "CREATE DATABASE countersign" >/dev/null
  fi
}

pg_sql() { "$(pg_bin)/psql" -X -q -A -t -h 127.0.0.1 -p "$pg_port" -U postgres -d postgres -c "$1"; }

pg_stop() {
  local bin data
  for data in "$root/postgres" "/var/tmp/countersign-test-$ports"; do
    [ -f "$data/postmaster.pid" ] || continue
    bin=$(pg_bin)
    as_postgres "$bin/pg_ctl" -D "$data" -w -m fast stop >/dev/null || true
  done
}

s3_running() {
  local pid
  pid=$(cat "$root/seaweedfs.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "s3.port=$s3_port"
}

s3_start() {
  [ -x "$venv/bin/weed" ] || die "no SeaweedFS in $venv; make it with: scripts/setup.sh test"
  if ! s3_running; then
    # Anew each time: taking up its old state it may need half a minute to find out that it is alone.
    rm -rf "$root/seaweedfs"
    mkdir -p "$root/seaweedfs"
    cat >"$root/seaweedfs.json" <<EOF
{"identities": [{"name": "test", "credentials": [{"accessKey": "$access_key", "secretKey": "$secret_key"}],
  "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
EOF
    nohup "$venv/bin/weed" server -dir="$root/seaweedfs" -ip=127.0.0.1 -ip.bind=127.0.0.1 \
      -master.port="$master_port" -volume.port="$volume_port" -filer.port="$filer_port" \
      -s3 -s3.port="$s3_port" -s3.config="$root/seaweedfs.json" -s3.iam=false -s3.port.iceberg=0 -s3.port.lance=0 \
      -master.telemetry=false -volume.preStopSeconds=0 -volume.max=20 -master.volumeSizeLimitMB=64 \
      >"$root/seaweedfs.log" 2>&1 </dev/null &
    echo $! >"$root/seaweedfs.pid"
  fi
  local tries=0
  # The port is open some seconds before a bucket can be made, so the making itself is what is waited for.
  until s3_bucket; do
    kill -0 "$(cat "$root/seaweedfs.pid")" 2>/dev/null || { tail -20 "$root/seaweedfs.log" >&2; die "SeaweedFS did not start"; }
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { tail -20 "$root/seaweedfs.log" >&2; die "SeaweedFS does not answer"; }
    sleep 0.5
  done
}

s3_bucket() {
  local answer
  answer=$(curl -s -o /dev/null -w '%{http_code}' -m 10 --aws-sigv4 "aws:amz:us-east-1:s3" \
    --user "$access_key:$secret_key" -X PUT "http://127.0.0.1:$s3_port/$bucket") || return 1
  [ "$answer" = 200 ] || [ "$answer" = 409 ]
}

s3_stop() {
  s3_running || { rm -f "$root/seaweedfs.pid"; return 0; }
  local pid tries=0
  pid=$(cat "$root/seaweedfs.pid")
  kill "$pid" 2>/dev/null || true
  # It likes to take its time, and nothing it holds is needed again.
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 8 ]; do
    tries=$((tries + 1))
    sleep 0.25
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$root/seaweedfs.pid"
}

mkdir -p "$root"
case ${1:-} in
  start)
    pg_start
    s3_start
    ;;
  stop)
    s3_stop
    pg_stop
    ;;
  env)
    cat <<EOF
export COUNTERSIGN_TEST_PG='postgres://postgres@127.0.0.1:$pg_port/countersign'
export COUNTERSIGN_TEST_S3='s3://$bucket?endpoint=http://127.0.0.1:$s3_port&region=us-east-1'
export AWS_ACCESS_KEY_ID='$access_key'
export AWS_SECRET_ACCESS_KEY='$secret_key'
EOF
    ;;
  *)
    echo "usage: scripts/services.sh start|stop|env" >&2
    exit 2
    ;;
esac
