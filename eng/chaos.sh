# shellcheck shell=bash
# ./jiko chaos

chaos_usage() {
    cat <<'USAGE'
./jiko chaos [--minutes 10] [--seed N] [--hosts 2] [--together]

The crash campaign: clients trade over HTTP with real hosts on a real PostgreSQL while hosts are killed, PostgreSQL is
stopped as by a power cut, connections are cut and left half-open, and webhooks come twice, late, in another order or
never. Then an outside checker counts money, plates, orders and the phones' own ledger. docs/chaos.md says more.

  --minutes N  How long rounds of faults are begun. Default 10; 0 is the short form, one quick round.
  --seed N     The dice: the same seed makes the same faults in the same order. Default: another one each time.
  --hosts N    How many silos the cluster has. Default 2.
  --together   Each silo serves the web API as well, instead of a front end before all of them.

The exit code is 0 for ok, 1 for a violation, 2 for unknown, 3 when too little happened to prove anything. Ctrl-C stops
it and all that it has started.
USAGE
}

chaos_command() {
    local minutes=10 seed='' hosts=2 cluster=true
    while [[ $# -gt 0 ]]; do
        case $1 in
            --minutes | --seed | --hosts) [[ $# -gt 1 ]] || fail "$1 needs a value" ;;
        esac
        case $1 in
            --minutes) minutes=$2 && shift ;;
            --seed) seed=$2 && shift ;;
            --hosts) hosts=$2 && shift ;;
            --together) cluster=false ;;
            -h | --help) chaos_usage && return ;;
            *) fail "./jiko chaos does not know '$1'. ./jiko chaos --help lists what it knows." ;;
        esac
        shift
    done
    [[ $minutes =~ ^[0-9]+(\.[0-9]+)?$ ]] || fail "'$minutes' is no number of minutes"
    [[ -z $seed || $seed =~ ^[0-9]{1,18}$ ]] || fail "'$seed' is no seed: a whole number"
    [[ $hosts =~ ^[1-9]$ ]] || fail "'$hosts' is no number of hosts: 1 to 9"
    [[ -n $seed ]] || seed=$((RANDOM * 32768 + RANDOM))

    require_dotnet
    mkdir -p "$state/logs"
    step "Building"
    chaos_build src/Silo && local product=$chaos_program
    chaos_build src/Simulator && local simulator=$chaos_program
    chaos_build tests/Chaos
    step "The crash campaign, seed $seed"
    exec dotnet "$chaos_program" "$product" "$simulator" "$minutes" "$seed" "$hosts" "$cluster"
}

# Sets $chaos_program.
chaos_build() {
    local log=$state/logs/chaos-build.log
    lock "$state/build.lock"
    if ! record "$log" dotnet build "$root/$1" --configuration Release --verbosity quiet; then
        tail -n 40 "$log" | quote >&2
        fail "$1 does not build; the whole log is $log"
    fi
    chaos_program=$(dotnet msbuild "$root/$1" -getProperty:TargetPath -property:Configuration=Release)
    unlock "$state/build.lock"
}
