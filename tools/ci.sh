#!/usr/bin/env bash
# The whole gate, the same on a laptop as in the continuous integration:
#
#   tools/ci.sh quick     form, layers, dev build, every test of ctest          (before every push)
#   tools/ci.sh gate      release build, thread sanitizer on core, gateway and journal, fuzzing for 10 s a
#                         target, 10 kills under load                (about 20 minutes from nothing)
#   tools/ci.sh full      quick and gate, and: clang-tidy on changed rooms, the thread sanitizer on every room
#                         with threads, e2e, fuzzing for 60 s, 5,000 power cuts, faults in full      (2 hours)
#   tools/ci.sh nightly   the counts of tests/RECORD.md; goes on where an earlier run was ended
#
# CAREHUB_JOBS (default 2) parallel jobs; CAREHUB_BASE (default HEAD~1) what "changed" is measured
# against; CAREHUB_SEED (default 1). Every step says how long it took; the first that fails ends the run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

gate=${1:-}
jobs=${CAREHUB_JOBS:-2}
base=${CAREHUB_BASE:-HEAD~1}
seed=${CAREHUB_SEED:-1}
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

carehub=build/release/tools/carehub/carehub

run_e2e() {
    CAREHUB_BIN=$PWD/$carehub timeout 900 /usr/bin/python3 -m pytest -q -n "$jobs" tests/e2e
}

run_killed_demo() {
    local folder=build/nightly-demo
    rm -rf "$folder"
    "$carehub" demo --folder "$folder" --kill-cycles 50
}

# faults WHAT...: the harnesses that break real processes (tests/faults/README.md).
faults() {
    CAREHUB_BIN=$PWD/$carehub /usr/bin/python3 tests/faults/run "$@" --seed "$seed"
}

power_cuts() {
    build/release/tests/simulation/carehub_power_cut --seed "$seed" --cuts "$1"
}

# Twenty kinds of tampering with a journal, each so many times.
tamper() {
    build/release/tests/simulation/carehub_tamper --seed "$seed" --runs "$1"
}

# T32: 100 of 2,000 and 1,000 of 100,000 people erased, and every file searched.
erasure() {
    build/dev/tests/unit/daemon/carehub_daemon_test "[.slow]" --use-colour no
}

proof_pairs() {
    build/dev/tests/unit/audit/carehub_audit_test "[.slow]"
}

bit_rot() {
    build/release/tests/simulation/carehub_bit_rot --seed "$seed" --flips "$1"
}

# The model of the alert engine and the engine itself: tests/reference/README.md.
reference() {
    local program=build/release/tests/reference/carehub_reference
    /usr/bin/python3 tests/reference/controls.py "$program" --histories 2500 &&
        /usr/bin/python3 tests/reference/compare.py "$program" --histories "$1" --seed "$seed" &&
        /usr/bin/python3 tests/reference/shuffle.py "$program" --shuffles "$2" --seed "$seed"
}

# Who may see what: tests/reference/permit.py.
rights() {
    /usr/bin/python3 tests/reference/permit_compare.py build/release/tests/reference/carehub_permit_cases --cases "$1" --seed "$seed"
}

# tsan PATTERN: test programs under the thread sanitizer; those that load libzmq need its suppressions.
tsan() {
    step "configure tsan" cmake --preset tsan
    step "build tsan" build_tests build/tsan "$1"
    step "tests under tsan" run_tests build/tsan "$1"
}

release() {
    step "configure release" cmake --preset release
    step "build release" cmake --build build/release -j "$jobs" --target carehub carehub_power_cut carehub_bit_rot carehub_tamper \
        carehub_reference carehub_permit_cases
}

quick() {
    step "format" check_format
    step "layers" check_layers
    step "configure dev" cmake --preset dev
    step "build dev" build_tests build/dev .
    step "tests" run_tests build/dev .
}

gate() {
    release
    step "10 kills under load" faults T01 --cycles 10
    tsan '^(core|gateway|journal)_test$'
    step "fuzz, 10 s a target" tests/fuzz/run 10
}

full() {
    quick
    gate
    step "tidy" check_tidy
    tsan '^(core|gateway|journal|transport|hub_link|daemon)_test$'
    step "e2e" run_e2e
    step "5,000 power cuts" power_cuts 5000
    step "2,000 flipped bits" bit_rot 2000
    step "100 of each kind of tampering" tamper 100
    step "100,000 proofs against the definition" proof_pairs
    step "people erased, 100 of 2,000 and 1,000 of 100,000" erasure
    step "fuzz, 60 s a target" tests/fuzz/run 60
    step "faults" faults full
    step "negative controls" faults controls
}

# Each harness keeps where it was (build/nightly), so that a run that is ended loses a part at most.
nightly() {
    release
    step "200,000 power cuts" power_cuts 200000
    step "20,000 flipped bits" bit_rot 20000
    step "fuzz, 15 min a target" tests/fuzz/run 900
    step "faults" faults nightly
    step "100,000 histories, 1,000 shuffles against the reference model" reference 100000 1000
    step "1,000,000 answers of permit against its reference" rights 1000000
    step "demo, hub killed 50 times" run_killed_demo
}

case "$gate" in
    quick | gate | full | nightly) ;;
    *)
        echo "usage: tools/ci.sh quick | gate | full | nightly" >&2
        exit 2
        ;;
esac
"$gate"
echo "tools/ci.sh $gate: passed in $((SECONDS - began)) s"
