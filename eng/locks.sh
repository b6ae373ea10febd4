# shellcheck shell=bash
# Who else is at work: locks that a killed process cannot leave behind for good, with what every Unix has.

# What a process was started as; nothing when it is gone.
process_line() {
    if [[ -r /proc/$1/cmdline ]]; then
        tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
    else
        ps -o args= -p "$1" 2>/dev/null || true
    fi
}

# Process numbers are used again: it must be a jiko, too.
jiko_lives() { [[ $(process_line "$1") == *jiko* ]]; }

# A symbolic link is made atomically and names its holder, so a lock whose holder died is recognised. (Functions that an
# exit trap may call return a number: a bare return would answer with the code of before the trap.)
lock() {
    local link=$1 holder said=false
    until ln -s "$$" "$link" 2>/dev/null; do
        holder=$(readlink "$link" || true)
        if [[ $holder == "$$" ]]; then
            return 0
        elif [[ -z $holder ]]; then
            [[ -w $(dirname "$link") ]] || fail "cannot write in $(dirname "$link"); whose folder is it?"
        elif ! jiko_lives "$holder"; then
            rm -f "$link"
        else
            [[ $said == true ]] || say "waiting for process $holder, another ./jiko"
            said=true
            sleep 0.3
        fi
    done
}

unlock() {
    [[ $(readlink "$1" || true) != "$$" ]] || rm -f "$1"
}
