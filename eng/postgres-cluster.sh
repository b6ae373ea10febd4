# shellcheck shell=bash
# A PostgreSQL server from installed programs.

cluster_programs= # the folder they are in

# The newest version; for data that exists, the version that wrote it.
cluster_find_programs() {
    local folder major best=13
    cluster_programs=
    while read -r folder; do
        [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/psql && -x $folder/postgres ]] || continue
        major=$("$folder/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        if [[ $major -gt $best ]]; then
            best=$major
            cluster_programs=$folder
        fi
    done < <(cluster_program_folders)
    [[ -n $cluster_programs ]]
}

cluster_program_folders() {
    if command -v pg_config >/dev/null; then pg_config --bindir 2>/dev/null || true; fi
    if command -v postgres >/dev/null; then dirname "$(command -v postgres)"; fi
    ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin \
        /usr/local/opt/postgresql*/bin /Applications/Postgres.app/Contents/Versions/*/bin 2>/dev/null || true
}

# PostgreSQL refuses to run as root.
cluster_choose_user() {
    local user
    postgres_user=
    [[ $(id -u) -eq 0 ]] || return 0
    for user in postgres nobody; do
        if id "$user" >/dev/null 2>&1; then
            postgres_user=$user
            return 0
        fi
    done
    fail "PostgreSQL does not run as root, and there is neither a user postgres nor nobody; run ./jiko as another user"
}

as_server() {
    if [[ -z $postgres_user ]]; then
        LC_ALL=C "$@"
    elif command -v runuser >/dev/null; then
        LC_ALL=C runuser -u "$postgres_user" -- "$@"
    elif command -v setpriv >/dev/null; then
        LC_ALL=C setpriv --reuid "$postgres_user" --regid "$(id -g "$postgres_user")" --clear-groups -- "$@"
    else
        LC_ALL=C su -s /bin/sh "$postgres_user" -c "$(printf '%q ' "$@")"
    fi
}

owner_of() { find "$1" -prune -exec ls -ld {} + | awk '{ print $3 }'; }

cluster_running() {
    local process
    process=$(as_server head -n 1 "$postgres_home/cluster/data/postmaster.pid" 2>/dev/null) || return 1
    [[ $(process_line "$process") == *"$postgres_home/cluster/data"* ]]
}

cluster_boot() {
    local data=$postgres_home/cluster/data log=$postgres_home/cluster/postgres.log attempt
    as_server test -d "$data" || cluster_create
    cluster_match_version
    cluster_forget_stranger
    for attempt in 1 2 3 4 5; do
        postgres_choose_port
        cluster_configure
        as_server mv -f "$log" "$log.before" 2>/dev/null || true
        if as_server "$cluster_programs/pg_ctl" start --pgdata="$data" --log="$log" --timeout=300 --silent \
            </dev/null >/dev/null 2>&1; then
            return 0
        fi
        # Another program was quicker to take the port.
        as_server grep -q 'could not create any TCP/IP sockets' "$log" || break
    done
    as_server tail -n 30 "$log" | quote >&2
    fail "PostgreSQL did not start (attempt $attempt); its log is $log"
}

# Made beside and moved into place, so that there is never half a cluster.
cluster_create() {
    local new=$postgres_home/cluster/data.new log=$postgres_home/initdb.log ctype=C options=(--data-checksums)
    [[ $postgres_lasting == true ]] || options+=(--no-sync)
    if locale -a 2>/dev/null | grep -qix 'c\.utf-\{0,1\}8'; then ctype=C.UTF-8; fi
    say "making a cluster of PostgreSQL with $cluster_programs"
    as_server rm -rf "$new"
    # Sorting by bytes: the same on every machine, and the fastest.
    if ! as_server "$cluster_programs/initdb" --pgdata="$new" --username=postgres \
        --pwfile="$postgres_home/cluster/password" --auth=scram-sha-256 --encoding=UTF8 --locale="$ctype" \
        --lc-collate=C --lc-messages=C "${options[@]}" </dev/null >"$log" 2>&1; then
        quote <"$log" >&2
        fail "PostgreSQL could not make its data folder"
    fi
    echo "include 'jiko.conf'" | as_server tee -a "$new/postgresql.conf" >/dev/null
    as_server mv "$new" "$postgres_home/cluster/data"
}

# After a crash the process number left behind may by now be another program's, or that of a server that is dead but
# not yet buried, which PostgreSQL would take for a living one.
cluster_forget_stranger() {
    local file=$postgres_home/cluster/data/postmaster.pid process
    process=$(as_server head -n 1 "$file" 2>/dev/null) || return 0
    ! kill -0 "$process" 2>/dev/null || as_server rm -f "$file"
}

cluster_configure() {
    {
        echo "# Written by ./jiko at each start."
        postgres_settings | sed "s/= \(.*\)/= '\1'/"
        echo "listen_addresses = '127.0.0.1'"
        echo "unix_socket_directories = ''"
        echo "port = $postgres_port"
    } | as_server tee "$postgres_home/cluster/data/jiko.conf" >/dev/null
}

# Data is readable only for the major version that wrote it.
cluster_match_version() {
    local wrote folder
    wrote=$(as_server cat "$postgres_home/cluster/data/PG_VERSION")
    while read -r folder; do
        if [[ -x $folder/pg_ctl && $("$folder/postgres" --version) == *" $wrote"[.\ b]* ]]; then
            cluster_programs=$folder
            return 0
        fi
    done < <(cluster_program_folders)
    fail "the data in $postgres_home was written by PostgreSQL $wrote, which is not installed any more.
    Install it, or move the folder away to begin with an empty database."
}

cluster_halt() {
    local mode=fast
    [[ $postgres_lasting == true ]] || mode=immediate
    as_server "$cluster_programs/pg_ctl" stop --pgdata="$postgres_home/cluster/data" --mode="$mode" --timeout=120 \
        --silent >/dev/null 2>&1 || warn "PostgreSQL did not stop; its log is $postgres_home/cluster/postgres.log"
}

cluster_sql() {
    PGPASSWORD=$postgres_password "$cluster_programs/psql" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        --host 127.0.0.1 --port "$postgres_port" --username postgres --dbname postgres
}

cluster_place() { printf '%s' "$postgres_home"; }

cluster_psql_line() {
    printf "PGPASSWORD=\$(cat '%s') %s -h 127.0.0.1 -p %s -U %s %s" \
        "$postgres_home/cluster/password" "$cluster_programs/psql" "$postgres_port" "$1" "$1"
}

apt_can_install() { [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; }

# Debian would make and start a cluster of its own on port 5432: it is told not to, for this installation only.
apt_install_postgres() {
    local choice=/etc/postgresql-common/createcluster.d/jikoxpress.conf log=$state/logs/apt-get.log installed=true
    say "PostgreSQL is not installed: apt-get install postgresql"
    mkdir -p "$state/logs" "${choice%/*}"
    echo 'create_main_cluster = false' >"$choice"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >"$log" 2>&1 </dev/null || true
    apt-get install --yes --no-install-recommends postgresql >>"$log" 2>&1 </dev/null || installed=false
    rm -f "$choice"
    [[ $installed == true ]] || tail -n 15 "$log" | quote >&2
    [[ $installed == true ]]
}
