#!/bin/sh
# Eight clients in any language, each in a world of its own, on one server.
PORT=${PORT:-4010}
mock=http://127.0.0.1:$PORT

npx contacts-mock serve --port "$PORT" --log off &
trap 'curl -sS -o /dev/null -X POST "$mock/__admin/shutdown"' EXIT
until curl -sf -o /dev/null "$mock/__admin/health"; do sleep 0.1; done

pids=
for n in 1 2 3 4 5 6 7 8; do
  # Your test command, which reads the address of its service from the environment.
  BILLING_URL=$mock/__worlds/client-$n ./client.sh "$n" &
  pids="$pids $!"
done

failed=0
n=0
for pid in $pids; do
  n=$((n + 1))
  if ! wait "$pid"; then
    failed=1
    echo "client $n failed; it asked:"
    curl -sS "$mock/__worlds/client-$n/__admin/requests"
  fi
done
exit $failed
