# shellcheck shell=bash
# ./jiko bench

bench_usage() {
    cat <<'USAGE'
./jiko bench [--only cash,hot,...] [--seconds N] [--rounds N] [--output FILE] [--full] [--cluster]

Measures the product and, in the same run, what its figures are divided by: bare ASP.NET, the row-lock forms F and R and
the group-commit ceiling of bench/Baselines, and pgbench. Starts a PostgreSQL to throw away, durable, and each side as a
process of its own; prints a report in Markdown. The exit code is 1 when the laws of conservation do not hold after a run,
whose figures are then withheld. docs/performance.md says what is measured and what has to be reached.

  --only LIST    Only these: cash, hot, slip, poll, webhook, parked, memory, start, million,
                 cluster, overload, abuse.
  --seconds N    How long each side runs in a round. Default 2, with --full 5.
  --rounds N     Interleaved rounds, of which the median counts. Default 3, with --full 5.
  --output FILE  Write the report to a file, too.
  --cluster      Two silos behind a front end, too, beside the one silo that ./jiko run is.
  --full         Everything: with overload and abuse, and with the million sessions stored, which
                 take some minutes and 10 GB.
USAGE
}

bench_command() {
    local code=0
    case ${1:-} in
        -h | --help) bench_usage && return ;;
    esac

    temp='' child=''
    trap bench_finish EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    temp=$(mktemp -d "${TMPDIR:-/tmp}/jiko-bench.$$.XXXXXX")
    chmod 711 "$temp"
    require_dotnet

    step "PostgreSQL"
    postgres_start_fleeting "$temp/postgres"
    [[ -n $postgres_programs && -x $postgres_programs/pgbench ]] ||
        fail "./jiko bench needs the programs of PostgreSQL on this machine, pgbench among them"
    export JIKO_BENCH_POSTGRES=$postgres_connection JIKO_BENCH_PGBENCH=$postgres_programs/pgbench

    step "Building"
    bench_build src/Silo && JIKO_BENCH_PRODUCT=$built
    bench_build bench/Baselines && JIKO_BENCH_BASELINES=$built
    bench_build bench/Bench
    export JIKO_BENCH_PRODUCT JIKO_BENCH_BASELINES

    step "Measuring"
    # Ten thousand kiosks are as many open files here as there.
    ulimit -n "$(ulimit -H -n)"
    dotnet "$built" "$@" || code=$?
    return "$code"
}

# Sets $built, the assembly.
bench_build() {
    local project=$root/$1 log=$temp/build.log
    mkdir -p "$state"
    lock "$state/build.lock"
    if ! record "$log" dotnet build "$project" --configuration Release --verbosity quiet; then
        quote <"$log" >&2
        fail "$1 does not build"
    fi
    built=$(dotnet msbuild "$project" -getProperty:TargetPath -property:Configuration=Release)
    unlock "$state/build.lock"
}

bench_finish() {
    local code=$?
    trap '' INT TERM HUP
    set +e
    kill_child
    postgres_stop
    unlock "$state/build.lock"
    [[ -z $temp ]] || rm -rf "$temp"
    exit "$code"
}
