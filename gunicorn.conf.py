"""How gunicorn serves the API; picked up by `gunicorn` in this folder."""

import os
import sys
import threading

from dotenv import load_dotenv

load_dotenv(".env")
if os.environ.get("SPARK_WORKER") == "gevent":
    from gevent import monkey

    monkey.patch_all()  # before anything that opens sockets or locks is imported

from src.spark.api.config import load  # noqa: E402
from src.spark.api.metrics import prepare_folder, worker_gone  # noqa: E402

settings = load("production")

# A turn waits for a model most of its time: threads wait cheaply.
worker_class = {"gthread": "src.spark.api.workers.ThreadWorker", "gevent": "gevent"}[
    settings.SPARK_WORKER
]
threads = settings.SPARK_THREADS
# Connections that are kept between two requests hold no thread, but they count here.
worker_connections = 2 * threads + 1000
backlog = 4096
keepalive = 5
# A worker is taken for dead when it does not answer for so long; a slow request is not its death.
timeout = 120
# The longest turn is one that waited for another of its conversation: both end before the worker.
graceful_timeout = int(2 * settings.SPARK_DEADLINE_SECONDS) + 10
# Now and then a worker makes room for a fresh one, not all of them at the same time.
max_requests = settings.SPARK_MAX_REQUESTS
max_requests_jitter = max_requests // 2
# Whose `X-Forwarded-*` count is the application's decision: SPARK_TRUSTED_PROXIES.
forwarded_allow_ips = ""
# A second instance would silently take over the first one's socket.
control_socket_disable = True
logger_class = "src.spark.api.server_log.ServerLog"


def on_starting(server):
    """Make the folder in which the workers count together."""
    prepare_folder()


def post_worker_init(worker):
    """Load the word lists beside the first requests, not with the first message."""
    services = getattr(worker.wsgi, "extensions", {}).get("spark")
    if services:
        threading.Thread(target=services.warm_up, daemon=True).start()


def child_exit(server, worker):
    """Keep what a worker counted that is gone."""
    try:
        worker_gone(worker.pid)
    except Exception:  # the master must not end for it, and everything with it
        server.log.exception("what worker %s counted is lost", worker.pid)


# Workers are copies of this process: a reload shall load the code that is there by then.
for name in [name for name in sys.modules if name.partition(".")[0] == "src"]:
    del sys.modules[name]
