#!/usr/bin/env bash
# The whole gate, the same on a laptop as in the continuous integration:
#
#   tools/ci.sh quick     form, layers, dev build, every test of ctest      (before every push)
#   tools/ci.sh full      quick, and: clang-tidy on changed rooms, thread sanitizer, e2e
#   tools/ci.sh nightly   full, and: the demo with the hub killed 50 times
#
# CAREHUB_JOBS (default 2) parallel jobs; CAREHUB_BASE (default HEAD~1) what "changed" is measured
# against. Every step says how long it took; the first that fails ends the run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

gate=${1:-}
jobs=${CAREHUB_JOBS:-2}
base=${CAREHUB_BASE:-HEAD~1}
began=$SECONDS

step() {
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    "$@" || { echo "-- $name: FAILED after $((SECONDS - start)) s" >&2; exit 1; }
    echo "-- $name: ok, $((SECONDS - start)) s (in all $((SECONDS - began)) s)"
}

check_format() {
    git ls-files -z '*.hpp' '*.cpp' | xargs -0 -n 64 -P "$jobs" clang-format --dry-run -Werror --style=file
}

check_layers() {
    /usr/bin/python3 tools/house/check_layers.py --self-test && /usr/bin/python3 tools/house/check_layers.py
}

# test_targets BUILD PATTERN: the test programs whose name the pattern matches.
test_targets() {
    ctest --test-dir "$1" -N -R "$2" | sed -n 's/^ *Test *#[0-9]*: \([a-z0-9_]*_test\)$/carehub_\1/p'
}

build_tests() {
    local targets
    targets=$(test_targets "$1" "$2")
    [ -n "$targets" ] || { echo "no test program matches $2" >&2; return 1; }
    # shellcheck disable=SC2086
    cmake --build "$1" -j "$jobs" --target $targets
}

run_tests() {
    ctest --test-dir "$1" -R "$2" --output-on-failure --no-tests=error --timeout 600 -j "$jobs"
}

# Every source of every room in which something changed; tests have their own looser form.
check_tidy() {
    local rooms sources
    rooms=$(git diff --name-only "$base" -- hub adapters tools | grep -E '\.(hpp|cpp)$' | xargs -r -n1 dirname | sort -u)
    [ -n "$rooms" ] || { echo "nothing changed since $base"; return 0; }
    # shellcheck disable=SC2086
    sources=$(git ls-files $rooms | grep '\.cpp$' | grep -vE '(_test|/test_[a-z_]*)\.cpp$')
    # g++ wrote the compile commands; clang need not know all its warnings.
    printf '%s\n' $sources |
        xargs -n 1 -P "$jobs" clang-tidy -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option
}

run_e2e() {
    CAREHUB_BIN=$PWD/build/release/tools/carehub/carehub timeout 600 /usr/bin/python3 -m pytest -q tests/e2e
}

run_killed_demo() {
    local folder=build/nightly-demo
    rm -rf "$folder"
    build/release/tools/carehub/carehub demo --folder "$folder" --kill-cycles 50
}

quick() {
    step "format" check_format
    step "layers" check_layers
    step "configure dev" cmake --preset dev
    step "build dev" build_tests build/dev .
    step "tests" run_tests build/dev .
}

full() {
    quick
    step "tidy" check_tidy
    step "configure tsan" cmake --preset tsan
    step "build tsan" build_tests build/tsan '^(core|gateway|journal|transport|hub_link|daemon)_test$'
    step "tests under tsan" run_tests build/tsan '^(core|gateway|journal|transport|hub_link|daemon)_test$'
    step "configure release" cmake --preset release -DCAREHUB_TESTS=OFF
    step "build release" cmake --build build/release -j "$jobs" --target carehub
    step "e2e" run_e2e
}

nightly() {
    full
    step "demo, hub killed 50 times" run_killed_demo
}

case "$gate" in
    quick | full | nightly) ;;
    *)
        echo "usage: tools/ci.sh quick | full | nightly" >&2
        exit 2
        ;;
esac
"$gate"
echo "tools/ci.sh $gate: passed in $((SECONDS - began)) s"
