# shellcheck shell=bash
# ./jiko run

# The program, whichever role it plays: everything in one process, a silo, or the web API.
silo_project=$root/src/Silo
# The two silos of ./jiko run --cluster, in the order in which they start.
silos=()
# How long the web host may take to answer that it is ready, and to finish when asked to, in seconds.
ready_within=90
stopped_within=30

run_usage() {
    cat <<'USAGE'
./jiko run [--port 5080] [--postgres "Host=...;..."] [--no-demo] [--cluster] [--aggregator NAME]

Builds the web API and runs it on http://127.0.0.1:<port> until Ctrl-C.

  --port N          The port of the web API. Default 5080.
  --postgres "..."  Use this database (Npgsql connection string) instead of a PostgreSQL of its own. JIKO_POSTGRES in
                    the environment does the same.
  --no-demo         Without the demo kitchen, its staff and GET /demo, and without the mobile-money simulator.
  --aggregator NAME The aggregator that the simulator speaks as: simulator, clickpesa, azampay, snippe or pawapay.
                    JIKO_AGGREGATOR in the environment does the same.
  --cluster         Two Orleans silos, and the web API as their client, instead of everything in one process.

The data stays: the next run finds it. A second ./jiko run on another port shares the first one's PostgreSQL.
USAGE
}

run_command() {
    local port=5080 demo=true cluster=false
    postgres_connection=${JIKO_POSTGRES:-}
    while [[ $# -gt 0 ]]; do
        case $1 in
            --port | --postgres | --aggregator) [[ $# -gt 1 ]] || fail "$1 needs a value" ;;
        esac
        case $1 in
            --port) port=$2 && shift ;;
            --postgres) postgres_connection=$2 && shift ;;
            --aggregator) export JIKO_AGGREGATOR=$2 && shift ;;
            --no-demo) demo=false ;;
            --cluster) cluster=true ;;
            -h | --help) run_usage && return ;;
            *) fail "./jiko run does not know '$1'. ./jiko run --help lists what it knows." ;;
        esac
        shift
    done
    [[ $port =~ ^[0-9]{1,5}$ && $port -ge 1 && $port -le 65535 ]] || fail "'$port' is not a port"

    require_dotnet
    ! port_in_use "$port" ||
        fail "port $port of 127.0.0.1 is in use$(port_owner "$port"). Stop that program, or choose: ./jiko run --port $((port % 65535 + 1))"

    child='' simulator=''
    trap run_stop EXIT
    trap 'exit 0' INT TERM HUP
    mkdir -p "$state/logs"

    step "PostgreSQL"
    if [[ -n $postgres_connection ]]; then say "as given"; else postgres_start_lasting; fi
    step "Building $(basename "$silo_project")"
    run_build
    if [[ $demo == true && -z ${JIKO_SIMULATOR:-} ]]; then
        step "Mobile-money simulator"
        simulator_build
        simulator_start "$port"
        say "$JIKO_SIMULATOR"
    fi
    if [[ $cluster == true ]]; then
        step "Starting two silos"
        run_silos "$demo"
    fi
    step "Starting the web API on port $port"
    run_web "$port" "$demo"
    run_await_ready "$port"
    run_announce "$port" "$demo"
    await_child
}

# Who listens on a port, where the system tells.
port_owner() {
    local process
    process=$(lsof -nP -t -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | head -n 1) || true
    [[ -z $process ]] || printf ' by process %s (%s)' "$process" "$(process_line "$process" | cut -c 1-80)"
}

run_build() {
    local log=$state/logs/build.log started=$SECONDS
    lock "$state/build.lock"
    if ! record "$log" dotnet build "$silo_project" --configuration Release --verbosity quiet; then
        tail -n 40 "$log" | quote >&2
        fail "the web API does not build; the whole log is $log"
    fi
    web_program=$(dotnet msbuild "$silo_project" -getProperty:TargetPath -property:Configuration=Release)
    unlock "$state/build.lock"
    say "done in $((SECONDS - started)) s"
}

# From the project's folder, as dotnet run does, so that it finds its files. Where the system can, the web host ends
# with this script even when the script is killed.
run_web() {
    local with_parent=()
    export JIKO_POSTGRES=$postgres_connection JIKO_DEMO=$2 ASPNETCORE_URLS=http://127.0.0.1:$1
    # In one process the web API is a silo, too. Whoever runs on one database is one cluster.
    export JIKO_SILO_PORT JIKO_GATEWAY_PORT
    JIKO_SILO_PORT=$(free_port) JIKO_GATEWAY_PORT=$(free_port)
    # The demo is refused in Production, which is what ASP.NET takes for granted.
    [[ $2 == false ]] || export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
    if setpriv --pdeathsig TERM true 2>/dev/null; then with_parent=(setpriv --pdeathsig TERM); fi
    cd "$silo_project"
    start_child ${with_parent[@]+"${with_parent[@]}"} dotnet "$web_program" ${web_arguments[@]+"${web_arguments[@]}"}
}

# Each says at /health/ready of a port of its own whether it has joined, and writes a log of its own.
run_silos() {
    local number health with_parent=()
    export JIKO_POSTGRES=$postgres_connection JIKO_DEMO=$1
    [[ $1 == false ]] || export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
    if setpriv --pdeathsig TERM true 2>/dev/null; then with_parent=(setpriv --pdeathsig TERM); fi
    cd "$silo_project"
    for number in 1 2; do
        health=$(free_port)
        start_child ${with_parent[@]+"${with_parent[@]}"} env JIKO_SILO_PORT="$(free_port)" \
            JIKO_GATEWAY_PORT="$(free_port)" ASPNETCORE_URLS="http://127.0.0.1:$health" \
            dotnet "$web_program" --role silo >"$state/logs/silo-$number.log" 2>&1
        silos+=("$child")
        run_await_ready "$health" "silo $number"
        say "silo $number: process $child, http://127.0.0.1:$health/health/ready, $state/logs/silo-$number.log"
        child=''
    done
    web_arguments=(--role web)
}

run_await_ready() {
    local deadline=$((SECONDS + ready_within)) status
    until status=$(http_status "$1" /health/ready) && [[ $status == 200 ]]; do
        kill -0 "$child" 2>/dev/null || run_died "${2:-the web API}"
        [[ $SECONDS -le $deadline ]] ||
            fail "${2:-the web API} is not ready after $ready_within s: GET /health/ready answers '${status:-nothing}'"
        sleep 0.2
    done
}

run_died() {
    local code=0
    await_child || code=$?
    warn "$1 ended before it was ready, with exit code $code"
    exit "$code"
}

run_announce() {
    local base=http://127.0.0.1:$1 demo=$2
    echo
    step "JikoXpress is ready"
    say "API           $base/api/v1"
    say "Try it        $base/docs"
    say "OpenAPI       $base/openapi/v1.json"
    [[ $demo == false ]] || say "Demo kitchen  $base/demo    (tokens, menu)"
    [[ -z ${JIKO_SIMULATOR:-} ]] || say "Phones        $JIKO_SIMULATOR/_sim/ledger    (what left them)"
    [[ -z $postgres_home ]] || say "Database      $postgres_psql_line"
    [[ $demo == false ]] || run_first_request "$base"
    echo
    say "Ctrl-C stops it. The data stays."
    echo
}

# What to paste into another terminal: a cash sale.
run_first_request() {
    local base=$1
    echo
    say "A first sale, to paste into another terminal:"
    echo
    cat <<PASTE
eval "\$(curl -s $base/demo/env)"
curl -si $base/api/v1/checkout-sessions -H "Authorization: Bearer \$CASHIER" -H 'Content-Type: application/json' -d '{"sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP", "items": [{"menuId": "'\$PILAU'", "quantity": 1}], "payments": [{"paymentMethod": "CASH", "amount": '\$PILAU_PRICE'}]}'
PASTE
}

# The web host first, so that it can finish what it is doing, then silos, phones and database.
run_stop() {
    local code=$? silo
    trap '' INT TERM HUP
    set +e
    if [[ -n $child || ${#silos[@]} -gt 0 ]]; then
        echo
        step "Stopping"
    fi
    run_stop_child "the web API"
    for silo in ${silos[@]+"${silos[@]}"}; do
        child=$silo
        run_stop_child "a silo"
    done
    child=''
    simulator_stop
    postgres_stop
    unlock "$state/build.lock"
    exit "$code"
}

run_stop_child() {
    local deadline=$((SECONDS + stopped_within))
    [[ -n $child ]] && kill -TERM -- "-$child" 2>/dev/null || return 0
    while kill -0 "$child" 2>/dev/null; do
        if [[ $SECONDS -gt $deadline ]]; then
            warn "$1 did not stop within $stopped_within s and is killed"
            kill_child
        fi
        sleep 0.1
    done
}
