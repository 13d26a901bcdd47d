"""How gunicorn serves the API; picked up by `gunicorn` in this folder."""

import os
import threading

# A turn waits for a model most of its time: threads wait cheaply.
worker_class = "gthread"
threads = 256
timeout = 120
# Longer than one model call, so that a worker's end does not cut it.
graceful_timeout = int(float(os.environ.get("SPARK_DEADLINE_SECONDS") or 60)) + 5
keepalive = 5
# A second instance would silently take over the first one's socket.
control_socket_disable = True


def post_worker_init(worker):
    """Load the word lists beside the first requests, not with the first message."""
    services = getattr(worker.wsgi, "extensions", {}).get("spark")
    if services:
        threading.Thread(target=services.warm_up, daemon=True).start()
