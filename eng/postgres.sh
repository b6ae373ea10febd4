# shellcheck shell=bash
# PostgreSQL for the commands: eng/Jiko finds or installs it, starts a private server that several ./jiko may share, and
# stops it when the last one leaves.

postgres_home=       # the folder of the server that was started
postgres_connection= # how to reach it
postgres_programs=   # the folder of its programs; empty where Docker runs it
postgres_psql_line=  # how to look into the product's database by hand
postgres_kind=       # lasting when the data is to be there the next time, or fleeting
postgres_answer=     # where eng/Jiko writes the first four, the password among them

# The server of ./jiko run, with a database of the product's own, whose owner is no superuser.
postgres_start_lasting() { postgres_start lasting "$root"; }

# A server to throw away, with all it holds, in a new folder; connects as a superuser.
postgres_start_fleeting() { postgres_start fleeting "$1"; }

postgres_start() {
    jiko_build
    postgres_kind=$1 postgres_answer=$state/postgres.$$
    (umask 077 && : >"$postgres_answer")
    # Not in a group of its own: a Ctrl-C is heeded when it has ended, and then what it started is stopped.
    dotnet "$jiko_program" postgres "start-$1" "$2" "$$" "$postgres_answer" || exit 1
    . "$postgres_answer"
    rm -f "$postgres_answer"
}

# Leaves the server, which stops unless another ./jiko still uses it. Harmless when none was started.
postgres_stop() {
    if [[ -z $postgres_home && -s $postgres_answer ]]; then . "$postgres_answer"; fi
    [[ -z $postgres_answer ]] || rm -f "$postgres_answer"
    [[ -n $postgres_home ]] || return 0
    dotnet "$jiko_program" postgres stop "$postgres_home" "$$" "$postgres_kind"
    postgres_home=
}

# Sets $jiko_program. Built again only when a source is newer, because to ask MSBuild takes longer than the rest.
jiko_build() {
    local project=$root/eng/Jiko log=$state/logs/jiko-build.log
    jiko_program=$project/bin/Release/net10.0/JikoXpress.Jiko.dll
    mkdir -p "$state/logs"
    lock "$state/build.lock"
    if [[ ! -e $jiko_program || -n $(find "$project" -name '*.cs*' -not -path '*/obj/*' -newer "$jiko_program") ]]; then
        if ! record "$log" dotnet build "$project" --configuration Release --verbosity quiet; then
            tail -n 40 "$log" | quote >&2
            fail "eng/Jiko does not build; the whole log is $log"
        fi
        touch "$jiko_program"
    fi
    unlock "$state/build.lock"
}
