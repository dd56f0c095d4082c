#!/bin/sh
# deps.sh PACKAGE…: installs the Debian packages that are missing; says which.
set -eu
missing=
for package; do
	# Node often comes from elsewhere, and Debian's npm is 300 packages.
	[ "$package" != npm ] || ! command -v npm >/dev/null || continue
	dpkg-query -W -f='${Status}' "$package" 2>/dev/null |
		grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # words on purpose
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
