#!/bin/sh
# Deletes a contact type, which the next client must not notice.
set -e
curl -sSf -o /dev/null -X DELETE "$BILLING_URL/ContactType/26"
[ "$(curl -sS -o /dev/null -w '%{http_code}' "$BILLING_URL/ContactType/26")" = 404 ]
