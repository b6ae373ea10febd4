# shellcheck shell=bash
# PostgreSQL for the commands: a private server that lives in a folder, started from installed programs (cluster) or,
# where there are none, by Docker (container). Several ./jiko may share one; the last to leave stops it.
#
# A server's home:
#   cluster/     owned by the user it runs as: data/, password, postgres.log
#   leases/      one file for each ./jiko that uses it
#   port, lock

postgres_kind=       # cluster or container, once one is chosen
postgres_user=       # whom the server runs as when that is not the caller
postgres_home=
postgres_port=
postgres_password=
postgres_lasting=    # true when the data is to be there the next time

# Durable, as the product needs it, and for this machine only.
postgres_settings() {
    cat <<'SETTINGS'
max_connections = 300
shared_buffers = 256MB
max_wal_size = 2GB
fsync = on
synchronous_commit = on
full_page_writes = on
timezone = UTC
log_timezone = UTC
SETTINGS
}

# The server of ./jiko run, with a database of the product's own, whose owner is no superuser. Sets
# $postgres_connection.
postgres_start_lasting() {
    postgres_lasting=true
    postgres_choose
    postgres_choose_home
    postgres_start
    postgres_make_database
    postgres_connection=$(postgres_connection_as jiko jiko)
}

# A server to throw away, with all it holds, in a new folder. Sets $postgres_connection, that of a superuser.
postgres_start_fleeting() {
    local home=$1
    postgres_lasting=false
    postgres_choose
    postgres_home=$home
    postgres_prepare_home || fail "the user $postgres_user, who is to run PostgreSQL, cannot reach $home"
    postgres_start
    postgres_connection=$(postgres_connection_as postgres postgres)
}

postgres_connection_as() {
    printf 'Host=127.0.0.1;Port=%s;Username=%s;Password=%s;Database=%s' \
        "$postgres_port" "$1" "$postgres_password" "$2"
}

postgres_choose() {
    if cluster_find_programs || { apt_can_install && apt_install_postgres && cluster_find_programs; }; then
        postgres_kind=cluster
        cluster_choose_user
    elif container_possible; then
        postgres_kind=container
        postgres_user=
    else
        fail "PostgreSQL is needed and was not found, nor Docker to run it. Install PostgreSQL 14 or later:
      Debian, Ubuntu   sudo apt-get install postgresql
      Fedora           sudo dnf install postgresql-server
      macOS            brew install postgresql@17
    or give the connection string of one: JIKO_POSTGRES for ./jiko run, JIKO_TEST_POSTGRES for ./jiko test."
    fi
}

# In the checkout, or where the user that is to run the server can reach it.
postgres_choose_home() {
    local mine=$state/postgres
    if [[ -n ${JIKO_DATA:-} ]]; then
        mkdir -p "$JIKO_DATA"
        postgres_home=$(cd "$JIKO_DATA" && pwd -P)
        postgres_prepare_home || fail "the user $postgres_user, who is to run PostgreSQL, cannot reach $JIKO_DATA"
    elif postgres_home=$mine && ! postgres_prepare_home; then
        rmdir "$mine" 2>/dev/null || true
        postgres_home=/var/lib/jikoxpress/$(printf %s "$root" | cksum | cut -d " " -f 1)
        say "the user $postgres_user, who runs PostgreSQL here, cannot reach $mine: using"
        say "$postgres_home instead"
        postgres_prepare_home || fail "nor can $postgres_user reach $postgres_home; set JIKO_DATA to a folder"
        printf '%s\n' "$root" >"$postgres_home/checkout"
    fi
}

postgres_prepare_home() {
    local cluster=$postgres_home/cluster
    (umask 022 && mkdir -p "$postgres_home/leases") || return 1
    as_server test -x "$postgres_home" || return 1
    if [[ ! -d $cluster ]]; then
        mkdir -m 700 "$cluster" || return 1
        [[ -z $postgres_user ]] || chown "$postgres_user" "$cluster" || return 1
    fi
    as_server test -w "$cluster" ||
        fail "$cluster belongs to $(owner_of "$cluster"): run as that user, or set JIKO_DATA to another folder"
}

postgres_start() {
    local others
    cd "$postgres_home" # where both users may be; the server's user may not be where the caller stands
    lock "$postgres_home/lock"
    others=$(other_leases "$postgres_home/leases")
    : >"$postgres_home/leases/$$"
    postgres_read_password
    if "${postgres_kind}_running"; then
        postgres_port=$(cat "$postgres_home/port")
        if [[ -n $others ]]; then
            say "already running for ./jiko process $(echo "$others" | tr '\n' ' ')on port $postgres_port: shared with it"
        else
            say "still running on port $postgres_port, left by a ./jiko that was killed: taken over"
        fi
    else
        "${postgres_kind}_boot"
        say "127.0.0.1:$postgres_port, data in $("${postgres_kind}_place")"
    fi
    unlock "$postgres_home/lock"
    cd "$root"
}

# Leaves the server; stops it unless another ./jiko still uses it. Harmless when none was started.
postgres_stop() {
    local others
    [[ -n $postgres_home && -e $postgres_home/leases/$$ ]] || return 0
    cd "$postgres_home"
    lock "$postgres_home/lock"
    rm -f "$postgres_home/leases/$$"
    others=$(other_leases "$postgres_home/leases")
    if [[ -n $others ]]; then
        say "PostgreSQL stays: ./jiko process $(echo "$others" | tr '\n' ' ')uses it"
    elif "${postgres_kind}_running"; then
        "${postgres_kind}_halt"
    fi
    unlock "$postgres_home/lock"
    cd "$root"
}

# Made with the cluster, kept where only the server's user (and root) can read it.
postgres_read_password() {
    local file=$postgres_home/cluster/password
    if ! as_server test -s "$file"; then
        od -An -tx1 -N24 /dev/urandom | tr -d ' \n' | as_server sh -c 'umask 077 && cat >"$0"' "$file"
    fi
    postgres_password=$(as_server cat "$file")
}

# The port of the last time, so that a connection string stays good, unless another program has taken it.
postgres_choose_port() {
    postgres_port=$(cat "$postgres_home/port" 2>/dev/null || true)
    if [[ -z $postgres_port ]] || port_in_use "$postgres_port"; then
        postgres_port=$(free_port)
        printf '%s\n' "$postgres_port" >"$postgres_home/port"
    fi
}

postgres_make_database() {
    "${postgres_kind}_sql" <<SQL
select 'create role jiko login' where not exists (select from pg_roles where rolname = 'jiko') \gexec
alter role jiko password '$postgres_password';
select 'create database jiko owner jiko' where not exists (select from pg_database where datname = 'jiko') \gexec
SQL
}

# How to look into the database by hand.
postgres_psql_line() { "${postgres_kind}_psql_line" jiko; }
