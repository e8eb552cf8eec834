# What the scripts of every protocol's driver matrix share; they source it.
# shellcheck shell=bash

free_port() {
  python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Runs the rest of the arguments unless it was done for the same content of these files.
unless_done() { # STAMP FILE COMMAND...
  local stamp=$1 sum
  sum=$(sha256sum <"$2")
  shift 2
  if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    "$@"
    echo "$sum" >"$stamp"
  fi
}

# ca.crt with server.crt and server.key for localhost, and other-ca.crt that signed nothing.
certificates() { # DIR
  local dir=$1 subject=/CN=localhost name
  for name in ca other-ca; do
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=drivers $name" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
      -keyout "$dir/$name.key" -out "$dir/$name.crt" 2>/dev/null
  done
  openssl req -newkey rsa:2048 -nodes -subj "$subject" \
    -keyout "$dir/server.key" -out "$dir/server.csr" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' >"$dir/server.ext"
  openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.crt" -CAkey "$dir/ca.key" -CAcreateserial \
    -days 30 -extfile "$dir/server.ext" -out "$dir/server.crt" 2>/dev/null
  chmod 600 "$dir"/*.key
}

# Starts the gate by DIR/gatehouse.yaml, and returns when it listens on PORT. Leaves DIR/pid and
# DIR/gate.log.
serve() { # GATEHOUSE DIR PORT
  "$1" serve --config "$2/gatehouse.yaml" >"$2/gate.log" 2>&1 &
  echo $! >"$2/pid"
  for _ in $(seq 150); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null; then return 0; fi
    kill -0 "$(cat "$2/pid")" 2>/dev/null || break
    sleep 0.2
  done
  say "did not start:"
  cat "$2/gate.log" >&2
  stop "$2"
  exit 1
}

# Ends the process of DIR/pid, by force if it must be.
stop() { # DIR
  local pid
  [ -e "$1/pid" ] || return 0
  pid=$(cat "$1/pid")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 150); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
}
