# One process of the helpline. Build: docker build -t helpline .   Run: see README.md, "In production".
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# Packages first, so that a change of our own code does not fetch them again. Every one is pinned by its hash.
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY main.py pyproject.toml helpline.example.toml ./
COPY bot bot
COPY flows flows
COPY storage storage
RUN python -m compileall -q bot flows storage main.py

# The spool and an embedded database live in /data and must survive the container: mount a volume there.
RUN useradd --system --uid 10001 --no-create-home helpline && install -d -o helpline -m 700 /data
USER helpline
VOLUME /data

ENV HELPLINE_HOST=0.0.0.0 HELPLINE_DATA_DIR=/data PORT=8000
EXPOSE 8000
STOPSIGNAL SIGTERM
# Answers = alive; /readyz is for the load balancer. Slim has no curl.
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]

ENTRYPOINT ["python", "main.py"]
CMD ["serve"]
