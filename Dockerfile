FROM python:3.11-slim

WORKDIR /app
COPY requirements_api.txt .
RUN pip install --no-cache-dir -r requirements_api.txt

COPY . .
RUN useradd --system --uid 10001 --no-create-home spark \
    && mkdir -p /app/data \
    && chown spark /app/data
USER spark

ENV PYTHONUNBUFFERED=1 SPARK_DATA_DIR=/app/data
VOLUME /app/data
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5000/api/health', timeout=4)"]
CMD ["python", "run_api.py", "--config", "production", "--host", "0.0.0.0"]
