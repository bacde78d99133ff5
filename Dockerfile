# The portal as an image: one static program, no shell, an ordinary user.
#
#   docker build -t roll-in-portal .
#
# The program embeds styles, fonts, migrations and time zones; the image adds only certificates.

FROM node:20-bookworm-slim AS assets
WORKDIR /src
COPY scripts/assets.sh scripts/
COPY web/package.json web/package-lock.json web/
COPY web/static/vendor/.gitignore web/static/vendor/
RUN scripts/assets.sh

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/web/static/vendor/ web/static/vendor/
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /portal ./cmd/portal

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /portal /portal
COPY LICENSE THIRD-PARTY.md /
ENV PORTAL_ADDR=0.0.0.0:8080
EXPOSE 8080
ENTRYPOINT ["/portal"]
CMD ["serve"]
