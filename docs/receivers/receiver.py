# A receiver of Keyhold's webhooks without dependencies: `WEBHOOK_SECRET=whsec_… python3 receiver.py` (Python 3.9 or newer).
import base64
import hashlib
import hmac
import json
import os
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# While you change secrets in Keyhold, give both, separated by a comma.
SECRETS = [secret for secret in os.environ["WEBHOOK_SECRET"].split(",") if secret]
PORT = int(os.environ.get("PORT", "4020"))
TOLERANCE_S = 5 * 60
MOST_BYTES = 1024 * 1024


def is_genuine(headers, body: bytes) -> bool:
    """Whether Keyhold signed these very bytes, within the last five minutes."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "").split(" ")
    if not message_id or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_S:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    for secret in SECRETS:
        key = base64.b64decode(re.sub(r"^whsec_", "", secret))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        expected = b"v1," + base64.b64encode(digest)
        if any(hmac.compare_digest(expected, given.encode()) for given in signatures):
            return True
    return False


seen = set()
lock = threading.Lock()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,9}", length):
            return self.answer(411)
        if int(length) > MOST_BYTES:
            return self.answer(413)
        # The signature is over the bytes as they came: read them before any framework parses the body.
        body = self.rfile.read(int(length))
        if not is_genuine(self.headers, body):
            return self.answer(400)
        event = json.loads(body)
        # An event may come more than once. In earnest: store its id under a unique key, in the transaction that acts on it.
        with lock:
            is_new = event["id"] not in seen
            seen.add(event["id"])
        if is_new:
            print(event["id"], event["type"], flush=True)
        # Answer within 15 seconds, with 2xx once the event is stored. What takes longer, do afterwards.
        self.answer(204)

    def answer(self, status: int):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", PORT), Receiver).serve_forever()
