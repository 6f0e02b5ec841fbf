# The service in a small image: pinned dependencies, compiled bytecode, no root, no build tools.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY carbon_api carbon_api
COPY factors factors
RUN pip install --no-cache-dir --constraint constraints.txt hatchling \
    && pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m venv /app \
    && /app/bin/pip install --no-cache-dir --compile --constraint constraints.txt "$(echo /wheels/*.whl)[ai,redis]"

FROM python:3.13-slim
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin carbon \
    && install --directory --owner carbon --group carbon /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CARBON_HOST=0.0.0.0 \
    CARBON_DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os; from http.client import HTTPConnection; \
service = HTTPConnection('127.0.0.1', int(os.environ.get('CARBON_PORT') or 8000), timeout=2); \
service.request('GET', '/readyz'); raise SystemExit(service.getresponse().status != 200)"]
CMD ["sh", "-c", "carbon-api db upgrade && exec carbon-api serve"]
