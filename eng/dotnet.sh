# shellcheck shell=bash
# The .NET SDK, and which projects there are.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# No build here lends its processes to another, which would fail when this one is interrupted.
export MSBUILDDISABLENODEREUSE=1

require_dotnet() {
    local folder answer
    for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/local/share/dotnet; do
        command -v dotnet >/dev/null || [[ ! -x $folder/dotnet ]] || PATH=$folder:$PATH
    done
    cd "$root"
    answer=$( (dotnet --version) 2>&1 || true)
    if [[ $answer == *ICU* ]]; then
        # Nothing here depends on a culture, so it builds also where the ICU library is missing.
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
        answer=$( (dotnet --version) 2>&1 || true)
    fi
    if [[ $'\n'$answer != *$'\n'10.* ]]; then
        fail "the .NET 10 SDK is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0
    (dotnet --version answers: ${answer%%$'\n'*})"
    fi
    [[ -n ${HOME:-} ]] || export HOME=$state/home
}

solution=$root/JikoXpress.sln

# The projects of the solution that hold tests; beside them is what they share.
test_projects() {
    local project
    grep -o '"[^"]*\.csproj"' "$solution" | tr -d '"' | tr '\134' '/' | tr -s '/' | grep '^tests/' | sort -u |
        while read -r project; do
            if ! grep -q '<IsTestProject>false' "$root/$project"; then printf '%s\n' "$project"; fi
        done
}
