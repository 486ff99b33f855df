# docker build -t stepgrad . && docker run --rm -p 8000:8000 stepgrad [--share --public-url http://192.0.2.7:8000]
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS packages
COPY requirements.lock requirements-redis.lock /
# A distribution's own Python refuses to install beside its packages; a virtual environment it allows.
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: --no-deps \
    --requirement /requirements.lock --requirement /requirements-redis.lock \
 && /opt/venv/bin/python -m pip uninstall --yes --quiet pip

FROM ${PYTHON}
COPY --from=packages /opt/venv /opt/venv
WORKDIR /stepgrad
COPY . .
# The folder gives a volume its owner; where it cannot be written to, sessions are kept in memory.
RUN python3 -m compileall -q app && install -d -o 10001 -g 10001 /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STEPGRAD_DATA_DIR=/data \
    STEPGRAD_HOST=0.0.0.0 \
    STEPGRAD_PORT=8000 \
    STEPGRAD_NO_OPEN=1
EXPOSE 8000
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['STEPGRAD_PORT']}{os.environ.get('STEPGRAD_ROOT_PATH', '')}/healthz\", timeout=2)"]
ENTRYPOINT ["python", "-m", "app"]
