#!/bin/sh
# Bring the programs that tests run and no wheel holds: `sh tests/programs.sh FOLDER`.
#
# What this machine has is used as it is. The rest comes from Debian's packages, unpacked below
# FOLDER: nothing is installed, no service is started, and nobody has to be root.
set -eu

folder=$1
wanted="nginx:nginx promtool:prometheus systemd-analyze:systemd"

missing="" packages=""
for pair in $wanted; do
    if ! PATH="$PATH:/usr/sbin:/sbin:$folder/bin" command -v "${pair%%:*}" >/dev/null; then
        missing="$missing ${pair%%:*}" packages="$packages ${pair##*:}"
    fi
done
[ -n "$missing" ] || exit 0

say() { echo "tests/programs.sh: $*" >&2; }

give_up() {
    say "missing:$missing. $1"
    say "Tests that run them will fail until these packages are installed:$packages"
    exit 1
}

command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
    give_up "This is no Debian, so they cannot be fetched here."

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$folder/apt
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$folder/bin" "$folder/lib"

# Lists and archives of our own: the system's may be root's, or empty as in a container.
apt() {
    apt-get -qq -o Dir::State="$work" -o Dir::State::Lists="$work/lists" \
        -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$work/cache" \
        -o APT::Sandbox::User="$(id -un)" "$@"
}

say "fetching$packages for$missing"
apt update || give_up "Debian's list of packages cannot be fetched."
# What an installation would bring, libraries included; the C library stays the machine's own.
# shellcheck disable=SC2086
needed=$(apt install --simulate --no-install-recommends $packages |
    sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -v '^libc6$' || true)
# A package that is there without its program was stripped: take the package all the same.
# shellcheck disable=SC2086
needed=$(printf '%s\n' $needed $packages | sort -u)
# shellcheck disable=SC2086
(cd "$work" && apt download $needed) || give_up "Debian's packages cannot be fetched."
for archive in "$work"/*.deb; do
    dpkg -x "$archive" "$work/root"
done

# Only the programs and libraries stay; a library is found by its name alone.
find "$work/root" -path '*/lib/*' \( -name '*.so' -o -name '*.so.[0-9]*' \) \
    \( -type f -o -type l \) -exec cp -P {} "$folder/lib" \;
for name in $missing; do
    found=$(find "$work/root" -type f -path "*bin/$name" | head -n 1)
    [ -n "$found" ] || give_up "Debian's packages do not hold $name."
    mv "$found" "$folder/lib/$name"
    cat >"$folder/bin/$name" <<SCRIPT
#!/bin/sh
LD_LIBRARY_PATH='$folder/lib' exec '$folder/lib/$name' "\$@"
SCRIPT
    chmod +x "$folder/bin/$name"
    say "$name is in $folder/bin"
done
rm -rf "$work"
