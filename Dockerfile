ARG NODE=24.21.0-trixie-slim

# What runs in production, and of that only what is ever read. Files have no date, so that this layer stays the
# same, and is not moved again, until package-lock.json changes.
FROM node:${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=ca \
	npm ci --include=prod --omit=dev --omit=optional --ignore-scripts \
	&& find node_modules \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
	&& rm -rf node_modules/@types node_modules/.package-lock.json \
	&& find node_modules/@fontsource -type f ! -name '*.woff' ! -name package.json -delete \
	&& rm -f node_modules/pdfkit/js/*standalone* node_modules/pdfkit/js/*browser* \
	&& find node_modules/@prisma/client/runtime -type f \
		! -name 'client.*' ! -name 'index-browser.*' ! -name 'query_compiler_fast_bg.postgresql.*' -delete \
	&& find node_modules -exec touch -hd @0 {} +

FROM node:${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=ca \
	npm ci --ignore-scripts && find node_modules/@img -exec touch -hd @0 {} +
COPY . .
RUN node src/cli/run.js build \
	&& mkdir /out \
	&& cp -r --parents build package.json prisma/client prisma/migrations prisma/schema.prisma src/app src/cli src/env.ts src/lib src/operate src/server.ts /out \
	&& find /out/src -name '*.svelte' -delete

FROM node:${NODE}
# First, and in a layer of its own, so that a deploy does not move it again. What ffmpeg brings along to draw on a
# screen is a third of it, and never loaded for sound.
RUN apt-get update \
	&& apt-get install -y --no-install-recommends ffmpeg openssh-client \
	&& rm -rf /usr/lib/*-linux-gnu/libLLVM* /usr/lib/*-linux-gnu/libgallium* /usr/lib/*-linux-gnu/dri \
		/usr/share/doc /usr/share/man /usr/share/locale \
		/var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
WORKDIR /app
RUN mkdir uploads backups && chown node:node uploads backups
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 UPLOADS_DIR=/app/uploads DATA_DIR=/tmp/data NODE_COMPILE_CACHE=/tmp/node-compile-cache
COPY --from=dependencies /app/node_modules node_modules/
# sharp's own binary is an optional dependency, which the others were left out with: all of them are 400 MB
COPY --from=build /app/node_modules/@img node_modules/@img/
COPY --from=build /out ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# V8's pauses to clear away what is young are half as long, and the heap 60 MB smaller, than with the size it picks
CMD ["node", "--max-semi-space-size=16", "src/cli/run.js", "serve"]
ARG DESCRIPTION CREATED REVISION
ENV REVISION=${REVISION}
LABEL org.opencontainers.image.title="vowtape" \
	org.opencontainers.image.description="${DESCRIPTION}" \
	org.opencontainers.image.created="${CREATED}" \
	org.opencontainers.image.revision="${REVISION}"
