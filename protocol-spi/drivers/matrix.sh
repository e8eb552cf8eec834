# The driver matrix of any protocol. A run script sources it, having said what is its own:
#
#   here        its folder, with cases.txt, refused.txt, `gate`, and a folder for each driver
#   product     what the server is called in the table
#   server      the one that is taken without --server
#   drivers     all of them
#   decided     arguments of `gate start` in the round "decided", an array
#   server_tool what starts and stops a server
#   install     a function: DRIVER, makes its program ready in $build/DRIVER
#   program     a function: DRIVER, prints the command that runs its cases
#
# and calls `matrix "$@"`. Rounds: gated (the gate reads no SQL), decided (each command is read and
# decided by understood.yaml), again (the server itself: shows that the results are stable, and
# needs no gate). Writes target/drivers/matrix-SERVER.md (printed too) and the results beside it;
# exit code 1 when a case fails, or a result is not the direct one and refused.txt does not say why.
# shellcheck shell=bash disable=SC2154

shared=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$here/../target/drivers"
build=$(cd "$here/../target/drivers" && pwd)
running=
# shellcheck source=machinery.sh
. "$shared/machinery.sh"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$shared

python_packages() { # DRIVER
  python3 -m venv "$build/$1"
  "$build/$1/bin/pip" install -q --disable-pip-version-check --no-deps -r "$here/$1/requirements.txt"
}

node_packages() { # DRIVER
  cp "$here/$1"/package*.json "$build/$1/"
  (cd "$build/$1" && npm ci --silent --no-audit --no-fund)
}

start_server() {
  "$server_tool" start "$server" "$scratch/server" 2>>"$scratch/start.log" || {
    cat "$scratch/start.log" >&2
    return 1
  }
}

start_gate() { # ROUND
  case $1 in
    gated) "$here/gate" start "$scratch/$1" "$scratch/server" ;;
    decided) "$here/gate" start "$scratch/$1" "$scratch/server" "${decided[@]}" ;;
    again) mkdir "$scratch/$1" && cp "$scratch/server/env" "$scratch/$1/env" ;;
    *) echo "run: no round $1" >&2 && exit 2 ;;
  esac
}

finish() {
  [ -z "$running" ] || kill "$running" 2>/dev/null || true
  local round log
  for round in $rounds; do
    "$here/gate" stop "$scratch/$round" || true
    [ ! -e "$scratch/$round/gate.log" ] || cp "$scratch/$round/gate.log" "$build/$round.log"
  done
  "$server_tool" stop "$scratch/server" || true
  for log in "$scratch/server/run/server.log" "$scratch/server/log"; do
    [ ! -e "$log" ] || cp "$log" "$build/server.log"
  done
  rm -rf "$scratch"
}

drive() { # DRIVER ROUND ENV_FILE
  local out=$build/$server.$1.$2
  # In the background, because a signal to this script waits for what is in the foreground.
  # shellcheck disable=SC1090,SC2046,SC2086
  (. "$3" && DRIVER_DIR=$scratch exec timeout -k 10 900 $(program "$1") $cases) \
    >"$out.jsonl" 2>"$out.log" &
  running=$!
  wait "$running" || true
  running=
}

matrix() {
  local driver round from
  cases=$(grep -v '^#' "$here/cases.txt" | cut -d: -f1)
  rounds="gated decided"
  while [ $# -gt 0 ]; do
    case $1 in
      --server) server=$2 && shift 2 ;;
      --drivers) drivers=$2 && shift 2 ;;
      --cases) cases=$2 && shift 2 ;;
      --rounds) rounds=$2 && shift 2 ;;
      *) sed -n '2,/^set /{s/^# \{0,1\}//p}' "$0" >&2 && exit 2 ;;
    esac
  done
  for driver in $drivers; do install "$driver"; done
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-drivers.XXXXXX")
  chmod 711 "$scratch"
  trap finish EXIT
  trap 'exit 130' INT TERM
  start_server
  for round in $rounds; do start_gate "$round"; done
  for driver in $drivers; do
    for round in direct $rounds; do
      echo "run: $driver, $product $server, $round" >&2
      from=$scratch/$round
      [ "$round" != direct ] || from=$scratch/server
      drive "$driver" "$round" "$from/env"
    done
  done
  # shellcheck disable=SC2086
  python3 "$shared/compare.py" "$product" "$here/refused.txt" "$build" "$server" "$rounds" \
    "$drivers" $cases
}
