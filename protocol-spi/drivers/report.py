"""What the Python driver programs share: run cases, print one JSON line each."""

import hashlib
import json
import sys
import traceback

UNSUPPORTED = "unsupported by driver"


def digest(data):
    """Length and hash stand for a value too long to print."""
    if isinstance(data, str):
        data = data.encode()
    return f"{len(data)} bytes sha256:{hashlib.sha256(data).hexdigest()[:16]}"


def run(cases):
    """Runs the cases named in the arguments (dashes are underscores); exit 1 if one failed."""
    failed = False
    for name in sys.argv[1:]:
        line = {"case": name}
        try:
            line |= {"ok": True, "result": cases[name.replace("-", "_")]()}
        except Exception as e:  # a failed case is a result; the others still run
            failed = True
            traceback.print_exc()
            line |= {"ok": False, "error": f"{type(e).__name__}: {e}"[:500]}
        print(json.dumps(line, default=str), flush=True)
    sys.exit(1 if failed else 0)
