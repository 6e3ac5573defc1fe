# The bot in a container: `docker compose up`, see docs/operations/install.md. Settings, answers and everything that is
# kept lie in the one volume; the token comes as a secret.

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# What the program runs on has a layer of its own: a new version of the program alone does not fetch it again.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; \
    project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
    extras = project['optional-dependencies']; \
    print(*project['dependencies'], *extras['charts'], *extras['metrics'], sep='\n')" > requirements.txt
RUN ["pip", "install", "--prefix=/packages", "-c", "constraints.txt", "-r", "requirements.txt"]
COPY README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY knowledge knowledge
RUN ["pip", "install", "--prefix=/program", "--no-deps", "."]

FROM python:3.12-slim
# The group has the user's number too: by itself it would get one that belongs to some other group of the host.
RUN ["useradd", "--uid", "10001", "--user-group", "--no-create-home", "--home-dir", "/srv/second-opinion", "second-opinion"]
RUN ["install", "--directory", "--mode=700", "--owner=10001", "--group=10001", "/srv/second-opinion"]
COPY --from=build /packages /usr/local
COPY --from=build /program /usr/local
# PYTHONSAFEPATH: no code is ever loaded from the volume. MPLCONFIGDIR: the rest of the file system is read-only.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1 \
    MPLCONFIGDIR=/tmp
USER 10001
WORKDIR /srv/second-opinion
VOLUME ["/srv/second-opinion"]
# Needs [health] port in the settings.
HEALTHCHECK --interval=60s --timeout=15s --start-period=120s --retries=3 CMD ["python", "-m", "bot", "health"]
# Without a shell in between: SIGTERM reaches the program, which finishes what is under way and ends.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["discord"]
