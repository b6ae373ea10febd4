# shellcheck shell=bash
# What the commands say, and two questions they ask of the network.

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    bold=$'\e[1m' plain=$'\e[0m'
else
    bold='' plain=''
fi

step() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }
say() { printf '    %s\n' "$*"; }
warn() { printf 'jiko: %s\n' "$*" >&2; }
fail() {
    warn "$*"
    exit 1
}

# Indents what a tool wrote, so that it reads as part of the step it belongs to.
quote() { sed 's/^/    | /'; }

# A child in a process group of its own: a Ctrl-C in the terminal reaches only this script, which then ends its children
# in order. Sets $child.
start_child() {
    set -m
    "$@" </dev/null &
    child=$!
    set +m
}

# The child's exit code. A signal to this script interrupts the wait and runs its trap.
await_child() {
    local code=0
    wait "$child" || code=$?
    child=
    return "$code"
}

# Runs a tool, keeping what it writes in a file; its exit code is the answer.
record() {
    local file=$1
    shift
    start_child "$@" >"$file" 2>&1
    await_child
}

# Silently: the shell would report the death of a child that it still knows.
kill_child() {
    [[ -n ${child:-} ]] || return 0
    { kill -KILL -- "-$child" && wait "$child"; } 2>/dev/null || true
}

port_in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port nobody listens on, below those that the system hands out to outgoing connections.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        port_in_use "$port" || break
    done
    printf '%s\n' "$port"
}

# The status of a GET on 127.0.0.1, or nothing when there is no answer within five seconds.
http_status() {
    local port=$1 path=$2
    (
        exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 0
        printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$path" "$port" >&3
        read -r -t 5 _ status _ <&3 || exit 0
        printf '%s\n' "$status"
    ) 2>/dev/null
}
