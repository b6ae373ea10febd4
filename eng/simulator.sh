# shellcheck shell=bash
# ./jiko simulator, and the simulator of ./jiko run

simulator_project=$root/src/Simulator

simulator_usage() {
    cat <<'USAGE'
./jiko simulator --secret "..." [--port 5090] [--product http://127.0.0.1:5080]

Runs the mobile-money simulator until Ctrl-C: an aggregator that moves no money. ./jiko run starts one by itself, with
the demo. A product that uses this one runs with JIKO_SIMULATOR=http://127.0.0.1:<port> and the same secret in
JIKO_SIMULATOR_SECRET.

  --secret "..."    What both sides know, at least 32 characters. JIKO_SIMULATOR_SECRET does the same.
  --port N          Where it listens on 127.0.0.1. Default 5090.
  --product URL     Where the product listens, to which webhooks go. Default http://127.0.0.1:5080.

What a guest does is read off the last three digits of the number; src/Simulator/Script.cs lists them. GET /_sim/ledger
is what really left the phones, POST /_sim/advance?seconds=600 lets the guests' time pass.
USAGE
}

simulator_command() {
    local port=5090 product=http://127.0.0.1:5080
    while [[ $# -gt 0 ]]; do
        case $1 in
            --port | --secret | --product) [[ $# -gt 1 ]] || fail "$1 needs a value" ;;
        esac
        case $1 in
            --port) port=$2 && shift ;;
            --secret) JIKO_SIMULATOR_SECRET=$2 && shift ;;
            --product) product=$2 && shift ;;
            -h | --help) simulator_usage && return ;;
            *) fail "./jiko simulator does not know '$1'. ./jiko simulator --help lists what it knows." ;;
        esac
        shift
    done
    [[ -n ${JIKO_SIMULATOR_SECRET:-} ]] || fail "./jiko simulator needs --secret"
    require_dotnet
    ! port_in_use "$port" || fail "port $port of 127.0.0.1 is in use; choose another with --port"

    export JIKO_SIMULATOR_SECRET
    simulator_build
    step "The simulator listens on http://127.0.0.1:$port"
    cd "$simulator_project"
    JIKO_SIMULATOR_PRODUCT=$product ASPNETCORE_URLS=http://127.0.0.1:$port exec dotnet "$simulator_program"
}

simulator_build() {
    local log=$state/logs/simulator-build.log
    mkdir -p "$state/logs"
    lock "$state/build.lock"
    if ! record "$log" dotnet build "$simulator_project" --configuration Release --verbosity quiet; then
        tail -n 40 "$log" | quote >&2
        fail "the simulator does not build; the whole log is $log"
    fi
    simulator_program=$(dotnet msbuild "$simulator_project" -getProperty:TargetPath -property:Configuration=Release)
    unlock "$state/build.lock"
}

# For ./jiko run: ten ports above the web API where that is free, with a secret of this run, both told to the web API
# by the environment.
simulator_start() {
    local port=$(($1 + 10)) with_parent=()
    if [[ $port -gt 65535 ]] || port_in_use "$port"; then port=$(free_port); fi
    export JIKO_SIMULATOR=http://127.0.0.1:$port
    JIKO_SIMULATOR_SECRET=$(od -An -N 32 -t x1 /dev/urandom | tr -d ' \n')
    export JIKO_SIMULATOR_SECRET
    if setpriv --pdeathsig TERM true 2>/dev/null; then with_parent=(setpriv --pdeathsig TERM); fi
    start_child ${with_parent[@]+"${with_parent[@]}"} env JIKO_SIMULATOR_PRODUCT="http://127.0.0.1:$1" \
        ASPNETCORE_URLS="$JIKO_SIMULATOR" dotnet "$simulator_program" >"$state/logs/simulator.log" 2>&1
    simulator=$child
    child=''
}

simulator_stop() {
    [[ -n ${simulator:-} ]] || return 0
    kill -TERM -- "-$simulator" 2>/dev/null || true
    { wait "$simulator"; } 2>/dev/null || true
    simulator=''
}
