# shellcheck shell=bash
# ./jiko test

passed=0 failed=0 skipped=0
# A test that hangs is ended after this long, and named.
hang_limit=10m

test_usage() {
    cat <<'USAGE'
./jiko test [--filter EXPRESSION]

Starts a PostgreSQL to throw away, builds everything, checks the formatting and runs every test. The last line is
"N passed, N failed, N skipped"; the exit code is 0 when nothing failed.

  --filter EXPRESSION  Only these tests, as dotnet test understands it: --filter FullyQualifiedName~Slips
USAGE
}

test_command() {
    local filter='' project
    while [[ $# -gt 0 ]]; do
        case $1 in
            --filter) [[ $# -gt 1 ]] || fail "--filter needs a value"; filter=$2 && shift ;;
            -h | --help) test_usage && return ;;
            *) fail "./jiko test does not know '$1'. ./jiko test --help lists what it knows." ;;
        esac
        shift
    done

    temp='' child=''
    trap test_finish EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    test_make_temp
    mkdir -p "$state"
    require_dotnet

    step "PostgreSQL"
    if [[ -n ${JIKO_TEST_POSTGRES:-} ]]; then
        say "as given"
    else
        postgres_start_fleeting "$temp/postgres"
        export JIKO_TEST_POSTGRES=$postgres_connection
    fi

    cd "$root"
    lock "$state/build.lock"
    test_step "Restoring" dotnet restore "$solution" --verbosity quiet || exit 1
    test_step "Building" dotnet build "$solution" --configuration Release --no-restore --verbosity quiet || exit 1
    test_step "Checking the formatting" dotnet format "$solution" --verify-no-changes --no-restore || true
    unlock "$state/build.lock"

    for project in $(test_projects); do
        test_project "$project" "$filter"
    done
    if [[ $((passed + failed + skipped)) -eq 0 ]]; then
        warn "no test ran"
        failed=1
    fi
    [[ $failed -eq 0 ]]
}

# Names its owner, so that what a killed ./jiko test left behind is found and removed by the next one. The server's
# user must be able to pass through it.
test_make_temp() {
    local parent left
    parent=$(cd "${TMPDIR:-/tmp}" && pwd -P)
    for left in "$parent"/jiko-test.*; do
        if [[ -O $left ]] && ! jiko_lives "$(echo "$left" | cut -d . -f 2)"; then
            test_remove_left "$left"
        fi
    done
    temp=$(mktemp -d "$parent/jiko-test.$$.XXXXXX")
    chmod 711 "$temp"
}

test_remove_left() {
    say "removing $1, left by a ./jiko test that was killed"
    (
        postgres_home=$1/postgres
        process=$(head -n 1 "$postgres_home/cluster/data/postmaster.pid" 2>/dev/null) || exit 0
        [[ $(process_line "$process") != *"$postgres_home/cluster/data"* ]] || kill -QUIT "$process"
    )
    rm -rf "$1"
}

# One step of preparation: silent while it goes well, in full when it fails, which counts as one failure.
test_step() {
    local title=$1 started=$SECONDS
    shift
    step "$title $(basename "$solution")"
    if record "$temp/step.log" "$@"; then
        say "done in $((SECONDS - started)) s"
    else
        failed=$((failed + 1))
        quote <"$temp/step.log"
        say "FAILED after $((SECONDS - started)) s: ${*:1:2}"
        return 1
    fi
}

test_project() {
    local project=$1 filter=$2 name started=$SECONDS code=0 before=$failed
    name=$(basename "$project" .csproj)
    step "$name"
    record "$temp/$name.log" dotnet test "$project" --configuration Release --no-build \
        --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' --results-directory "$temp/$name" \
        --blame-hang-timeout "$hang_limit" --blame-hang-dump-type none \
        ${filter:+--filter "$filter"} || code=$?
    test_tally "$temp/$name/$name.trx"
    # The tests themselves are not all of it: the process that runs them can crash, hang or never start.
    if grep -q '^The active test run was aborted' "$temp/$name.log" || [[ $code -ne 0 && $failed -eq $before ]]; then
        failed=$((failed + 1))
        say "FAILED: the test run ended with exit code $code before its end"
    fi
    [[ $failed -eq $before ]] || quote <"$temp/$name.log"
    say "$counted in $((SECONDS - started)) s"
}

# Adds a project's results file to the tally. It does not count what was skipped, only what was executed.
test_tally() {
    local total executed good
    read -r total executed good < <(
        sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' "$1" 2>/dev/null
        echo 0 0 0
    )
    passed=$((passed + good))
    failed=$((failed + executed - good))
    skipped=$((skipped + total - executed))
    counted="$good passed, $((executed - good)) failed, $((total - executed)) skipped"
}

# Whatever happened: nothing is left running, nothing is left lying, and the tally is the last line.
test_finish() {
    local code=$?
    trap '' INT TERM HUP
    set +e
    kill_child
    postgres_stop
    unlock "$state/build.lock"
    [[ -z $temp ]] || rm -rf "$temp"
    [[ $code -eq 0 || $failed -gt 0 ]] || failed=1
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    exit "$code"
}
