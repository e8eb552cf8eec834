"""Stands for an identity provider on loopback: publishes a key, and signs one token with it."""

import base64
import http.server
import json
import subprocess
import threading
import time

AUDIENCE = "gatehouse"


def coded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, said=b""):
    return subprocess.run(["openssl", *arguments], input=said, check=True,
                          capture_output=True).stdout


class Provider:
    """Its key is in `folder`, which nobody else may read."""

    def __init__(self, folder):
        self.key = folder / "provider.pem"
        openssl("genrsa", "-out", str(self.key), "2048")
        number = bytes.fromhex(
            openssl("rsa", "-in", str(self.key), "-noout", "-modulus").decode().strip().split("=")[1])
        keys = {"keys": [{"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig",
                          "n": coded(number), "e": "AQAB"}]}

        class Answering(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                known = {"issuer": issuer, "jwks_uri": issuer + "/keys"}
                body = json.dumps(keys if self.path == "/keys" else known).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.issuer = issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, subject):
        now = int(time.time())
        head = {"alg": "RS256", "typ": "at+jwt", "kid": "1"}
        claims = {"iss": self.issuer, "aud": AUDIENCE, "sub": subject, "groups": ["agents"],
                  "iat": now, "exp": now + 12 * 3600}
        text = ".".join(coded(json.dumps(part).encode()) for part in (head, claims))
        return text + "." + coded(openssl("dgst", "-sha256", "-sign", str(self.key),
                                          said=text.encode()))

    def close(self):
        self.server.shutdown()
        self.server.server_close()
