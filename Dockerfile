# docker build --build-arg EXTRAS="gevent" -t spark-ai .
# EXTRAS names further requirements_NAME.txt to install, separated by spaces.

FROM python:3.11-slim-bookworm AS builder
ARG EXTRAS=""
WORKDIR /build
COPY requirements_*.txt ./
RUN python -m venv /opt/venv \
    && for name in api ${EXTRAS}; do \
        /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
            -r "requirements_${name}.txt" || exit 1; \
    done
WORKDIR /app
COPY run_api.py gunicorn.conf.py ./
COPY src src
# The running image writes no bytecode; a hash in it stays true whatever a copy does to times.
RUN python -m compileall -q --invalidation-mode unchecked-hash .

FROM python:3.11-slim-bookworm
ARG VERSION=1.0.0
ARG REVISION=""
LABEL org.opencontainers.image.title="Spark AI" \
      org.opencontainers.image.description="The backend that turns a chat into a film project" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# The model's SDK trusts whom the system trusts: without these every call would fail.
RUN test -s /etc/ssl/certs/ca-certificates.crt \
    && groupadd --system --gid 10001 spark \
    && useradd --system --uid 10001 --gid spark --no-create-home --home-dir /app spark \
    && install -d -o spark -g spark /app/data /app/media
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
WORKDIR /app
USER 10001:10001

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SPARK_DATA_DIR=/app/data
VOLUME /app/data
EXPOSE 5000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --start-interval=1s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('PORT') or 5000}/api/health\", timeout=4)"]
# It becomes gunicorn, so that signals reach gunicorn.
CMD ["python", "run_api.py", "--config", "production", "--host", "0.0.0.0"]
