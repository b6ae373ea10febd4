# shellcheck shell=bash
# ./jiko simulate

simulate_usage() {
    cat <<'USAGE'
./jiko simulate [--seeds N [--first S] | --seed S [--bug NAME] | --bugs [WORD]]

Runs the grains, the hosts and the commit logic under virtual time, over rows in memory, with everything going wrong that
docs/simulation.md lists. Each seed decides one run; the same seed is the same run, everywhere.

  --seeds N     That many runs, from seed 1 on or from S. A run that breaks a law is named with its last events and the
                command that repeats it. Default: 1000.
  --seed S      One run, with its whole trace; its last line has the trace's fingerprint.
  --bug NAME    The same with one of the planted bugs.
  --bugs        Plants every bug in turn, and says which seed and which law caught it; with a word, those whose name
                has it.

The exit code is 0 when no law was broken, everything that has to happen happened, and hosts died at every point.
USAGE
}

simulate_command() {
    case ${1:-} in
        -h | --help) simulate_usage && return ;;
    esac
    require_dotnet

    local project=$root/tests/Simulation log=$state/logs/simulate-build.log program
    mkdir -p "$state/logs"
    lock "$state/build.lock"
    if ! record "$log" dotnet build "$project" --configuration Release --verbosity quiet; then
        tail -n 40 "$log" | quote >&2
        fail "the simulation does not build; the whole log is $log"
    fi
    program=$(dotnet msbuild "$project" -getProperty:TargetPath -property:Configuration=Release)
    unlock "$state/build.lock"
    exec dotnet "$program" "$@"
}
