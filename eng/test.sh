# shellcheck shell=bash
# ./jiko test

passed=0 failed=0 skipped=0
# A test that hangs is ended after this long, and named.
hang_limit=10m
# Exit codes of Microsoft.Testing.Platform. A filter may leave nothing of a project; of all of them is too little.
tests_failed=2 nothing_found=8

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
    record "$temp/$name.log" dotnet test "$project" --configuration Release --no-build --no-ansi --no-progress \
        --results-directory "$temp/$name" --ignore-exit-code "$nothing_found" \
        --hangdump --hangdump-timeout "$hang_limit" --hangdump-type None \
        ${filter:+--filter "$filter"} || code=$?
    test_tally "$temp/$name.log"
    # The tests themselves are not all of it: the process that runs them can crash, hang or never start.
    if [[ $code -ne 0 && ($code -ne $tests_failed || $failed -eq $before) ]]; then
        failed=$((failed + 1))
        say "FAILED: the test run ended with exit code $code before its end"
    fi
    if [[ $failed -ne $before ]]; then
        # The second file is there when a test hung, and names it.
        { cat "$temp/$name.log" "$temp/$name"/*_hang.log 2>/dev/null || true; } | quote
    fi
    say "$counted in $((SECONDS - started)) s"
}

# Adds the runner's own summary of a project, the last lines of what it wrote, to the tally.
test_tally() {
    local good bad left
    good=$(test_count succeeded "$1") bad=$(test_count failed "$1") left=$(test_count skipped "$1")
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + left))
    counted="$good passed, $bad failed, $left skipped"
}

test_count() {
    awk -v word="  $1: " '
        /^Test run summary:/ { summary = 1 }
        summary && index($0, word) == 1 { count = $2 }
        END { print count + 0 }' "$2"
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
