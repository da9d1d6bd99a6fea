#!/bin/sh
# `make setup`: Python and Node packages from the locks, built assets, compiled translations.
# Each part has a stamp in .setup/ made from the files it depends on, so a second run does nothing.
#   setup.sh        what running the portal needs
#   setup.sh test   the test tools as well
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
    found=$("${PYTHON:-python3}" --version 2>/dev/null || printf 'нет / none')
    refuse "Нужен Python 3.11 или новее, найден: $found / Python 3.11 or newer is needed (PYTHON=…)"
}

check_node() {
    command -v node >/dev/null 2>&1 || refuse "Нужен Node 20 или новее, Node не найден / Node 20 or newer is needed"
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null ||
        refuse "Нужен Node 20 или новее, найден: $(node --version) / Node 20 or newer is needed"
    command -v npm >/dev/null 2>&1 || refuse "Не найден npm, он ставится вместе с Node / npm is needed"
}

# Stamps hold the sum of what a part depends on.
is_done() { [ "$(cat ".setup/$1" 2>/dev/null)" = "$2" ]; }
done_with() { printf '%s\n' "$2" >".setup/$1"; }

mkdir -p .setup
python=$(find_python) || exit 1
check_node

version=$("$python" -c 'import platform; print(platform.python_version())')
packages_sum="$version $(cksum <requirements.lock)"
tools_sum="$version $(cksum <requirements-dev.lock)"
if [ ! -x .venv/bin/python ]; then
    say "Создаю .venv / creating .venv"
    "$python" -m venv --clear .venv ||
        refuse "Не удалось создать .venv: поставьте модуль venv (в Debian это пакет python3-venv) / venv is needed"
    rm -f .setup/packages .setup/tools
fi
if ! is_done packages "$packages_sum"; then
    say "Ставлю пакеты Python / installing Python packages"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
    done_with packages "$packages_sum"
fi
if [ "${1:-}" = test ] && ! is_done tools "$tools_sum"; then
    say "Ставлю средства проверки / installing test tools"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
    done_with tools "$tools_sum"
fi

modules_sum=$(cksum <package-lock.json)
if [ ! -d node_modules ] || ! is_done modules "$modules_sum"; then
    say "Ставлю пакеты Node / installing Node packages"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    done_with modules "$modules_sum"
fi
assets_sum=$(find frontend package-lock.json -type f -exec cksum {} + | sort | cksum)
if [ ! -d static/dist ] || ! is_done assets "$assets_sum"; then
    say "Собираю стили и скрипты / building assets"
    node frontend/build.mjs
    .venv/bin/python -m common.charts.build_fonts node_modules/@fontsource/golos-text/files static/dist/fonts
    done_with assets "$assets_sum"
fi
messages_sum=$(cksum scripts/messages.py locale/parts/*.po)
if ! is_done messages "$messages_sum" || [ ! -f locale/ru/LC_MESSAGES/django.mo ]; then
    say "Собираю переводы / compiling translations"
    .venv/bin/python scripts/messages.py compile
    done_with messages "$messages_sum"
fi
