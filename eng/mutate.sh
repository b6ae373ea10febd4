# shellcheck shell=bash
# ./jiko mutate

mutate_usage() {
    cat <<'USAGE'
./jiko mutate [--sql | FOLDER...]

Plants faults and sees whether a test fails: in the rules one change after the other, with dotnet-stryker; in the schema
each lock and guard, in a database of its own. It takes hours: by hand, and before a release. docs/mutants.md says what
is known to survive, and why.

  FOLDER  Only these folders of src/Domain, such as Bills or Sessions/Payments; not the schema.
  --sql   Only the schema.

The exit code is 0 when nine of ten changes of the rules were noticed, and every fault in the schema.
USAGE
}

mutate_command() {
    local folder patterns=() sql=yes rules=yes
    while [[ $# -gt 0 ]]; do
        case $1 in
            -h | --help) mutate_usage && return ;;
            --sql) rules='' ;;
            -*) fail "./jiko mutate does not know '$1'. ./jiko mutate --help lists what it knows." ;;
            *)
                folder=${1%/}
                [[ -d $root/src/Domain/$folder ]] || fail "there is no folder src/Domain/$folder"
                patterns+=(--mutate "**/$folder/**/*.cs") sql=''
                ;;
        esac
        shift
    done
    require_dotnet

    if [[ -n $rules ]]; then
        step "Changing the rules"
        (
            cd "$root/tests/Domain.Tests"
            dotnet tool restore --verbosity quiet
            dotnet stryker --concurrency 1 --output "$state/mutants" "${patterns[@]}"
        ) || fail "less than nine of ten changes were noticed; $state/mutants has the report"
    fi
    [[ -z $sql ]] || JIKO_MUTANTS=1 test_command --filter FullyQualifiedName~PlantedFaultTests
}
