#!/bin/sh
# Makes docker/postgres.env and docker/server.env, each with what its container needs and no more.
# `make-env.sh https://3ds.example.com` for production at that address, `make-env.sh demo` for the demo.
set -eu
cd "$(dirname "$0")"
umask 077

case "${1-}" in
  https://?*) mode=production ;;
  demo) mode=demo ;;
  *)
    echo "usage: $0 https://<public address> | demo" >&2
    exit 2
    ;;
esac
for file in postgres.env server.env; do
  if [ -e "$file" ]; then
    echo "docker/$file is there already: its secrets may be in use. Nothing was changed." >&2
    exit 1
  fi
done

hex() { od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n'; }
password=$(hex)

cat > postgres.env <<END
POSTGRES_PASSWORD=$(hex)
COUNTERSIGN_DB_PASSWORD=$password
END

{
  echo "DATABASE_URL=postgresql://countersign:$password@postgres:5432/countersign"
  echo "# Keep a copy of this key elsewhere: without it the database opens nothing."
  echo "COUNTERSIGN_KEK=$(head -c 32 /dev/urandom | base64)"
  if [ "$mode" = demo ]; then
    echo "COUNTERSIGN_DEMO=1"
    echo "COUNTERSIGN_SIMULATOR_URL=http://localhost:4001"
  else
    echo "COUNTERSIGN_DEMO=0"
    echo "COUNTERSIGN_PUBLIC_URL=$1"
  fi
} > server.env

echo "made docker/postgres.env and docker/server.env ($mode)"
