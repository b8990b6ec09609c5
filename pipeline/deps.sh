#!/bin/sh
# Install the Debian packages named that are not installed yet, or say which are needed where apt is not at hand.
set -eu
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
	echo "This system has no apt. Canvass needs what these Debian packages hold:"
	printf '  %s\n' "$@"
	exit 0
fi
missing=
for package; do
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
	echo "Nothing to install: all $# packages are there."
	exit 0
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null || ! sudo -v; then
		echo "Only an administrator can install them. Ask for:" >&2
		echo "  apt-get install$missing" >&2
		exit 1
	fi
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
echo "Installed."
