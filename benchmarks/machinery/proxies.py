"""What stands between a load and its server, and what starts such a thing."""

import os
import pathlib
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass

# Gates that read and decide each command, and what they put on record with which setting.
DECIDING = {"policy": "", "journal os": "os", "journal interval": "interval",
            "journal each": "each"}

HAPROXY = """
global
  maxconn 1000
defaults
  mode {mode}
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen server
  bind 127.0.0.1:{port}
  server one 127.0.0.1:{server_port}
"""


@dataclass
class Contender:
    """Where the load connects, and the process whose CPU time counts (None for direct)."""

    env: dict
    version: str
    pid: int | None = None
    process: subprocess.Popen | None = None
    folder: pathlib.Path | None = None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"{process.args} does not listen on {port}")


def installed(program):
    """Debian's package has the program's name, and puts it into /usr/sbin."""
    path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin")
    if path is None:
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", program],
                       check=True, stdout=subprocess.DEVNULL)
        path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin")
    return path


def started(arguments, port, out, **how):
    with open(out, "wb") as file:
        process = subprocess.Popen(arguments, stdout=file, stderr=file, **how)
    wait_for(port, process)
    return process


def haproxy(env, server_port, scratch, mode="tcp"):
    """Passes on what it gets: byte by byte, or request by request (http).

    `env` is of the port that it is given: what a client needs to come by it.
    """
    folder, port, path = scratch / "haproxy", free_port(), installed("haproxy")
    folder.mkdir()
    (folder / "conf").write_text(HAPROXY.format(mode=mode, port=port, server_port=server_port))
    process = started([path, "-db", "-f", str(folder / "conf")], port, folder / "out")
    said = subprocess.run([path, "-v"], capture_output=True, text=True, check=False).stdout
    return Contender(env(port), said.splitlines()[0], process.pid, process)


def policy(scratch):
    file = scratch / "policy.yaml"
    file.write_text("rules: [{name: everything, verdict: allow, bodies: unread}]\n")
    return file


def stop(running):
    """Those that are processes of this one."""
    for contender in running.values():
        if contender.process is not None:
            contender.process.terminate()
            contender.process.wait(60)
