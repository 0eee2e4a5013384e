#!/bin/sh
# Checks the unit and the udev rules with systemd's own programs; fails on any complaint of theirs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The unit names the place it is installed to; here the same files stand elsewhere.
for unit in "$here"/systemd/*.service; do
    sed "s#/opt/zhenfu#$(dirname "$here")#g" "$unit" >"$work/$(basename "$unit")"
    systemd-analyze verify --man=no "$work/$(basename "$unit")"
done

# udev reads rules from fixed places only: put ours there in a mount namespace of our own.
flags=-m
[ "$(id -u)" = 0 ] || flags=-Urm
rules=$work/rules.d
mkdir -p "$rules" /run/udev/rules.d 2>/dev/null || true
cp "$here"/udev/*.rules "$rules"
unshare $flags sh -c "mount --bind '$rules' /run/udev/rules.d && udevadm test /sys/class/mem/null" \
    >"$work/udev.log" 2>&1 || { cat "$work/udev.log"; exit 1; }
for rule in "$rules"/*.rules; do
    name=$(basename "$rule")
    grep -q "Reading rules file: .*$name" "$work/udev.log" || { echo "$name was not read"; exit 1; }
    if grep "rules.d/$name:" "$work/udev.log"; then exit 1; fi
done
echo "unit and udev rules: fine"
