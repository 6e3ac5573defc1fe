# The bot in a container: `docker compose up`, see docs/operations/install.md. Settings, answers and everything that is
# kept lie in the one volume; the token comes as a secret.

FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY knowledge knowledge
RUN ["python", "-m", "venv", "/opt/second-opinion"]
RUN ["/opt/second-opinion/bin/pip", "install", "--no-cache-dir", "-c", "constraints.txt", ".[charts,metrics]"]

FROM python:3.12-slim
COPY --from=build /opt/second-opinion /opt/second-opinion
# PYTHONSAFEPATH: no code is ever loaded from the volume. MPLCONFIGDIR: the rest of the file system is read-only.
ENV PATH=/opt/second-opinion/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1 \
    MPLCONFIGDIR=/tmp
RUN ["useradd", "--system", "--uid", "10001", "--user-group", "--home-dir", "/srv/second-opinion", "--create-home", "second-opinion"]
USER 10001
WORKDIR /srv/second-opinion
VOLUME ["/srv/second-opinion"]
# Needs [health] port in the settings.
HEALTHCHECK --interval=60s --timeout=15s --start-period=120s --retries=3 CMD ["python", "-m", "bot", "health"]
# Without a shell in between: SIGTERM reaches the program, which finishes what is under way and ends.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["discord"]
