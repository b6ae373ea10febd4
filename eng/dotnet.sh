# shellcheck shell=bash
# The .NET SDK, and which projects there are.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

require_dotnet() {
    local folder version
    for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/local/share/dotnet; do
        command -v dotnet >/dev/null || [[ ! -x $folder/dotnet ]] || PATH=$folder:$PATH
    done
    cd "$root"
    # Nothing here depends on a culture, so it builds also where the ICU library is missing.
    if command -v dotnet >/dev/null && dotnet --version 2>&1 | grep -q 'ICU'; then
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    fi
    if ! version=$(dotnet --version 2>/dev/null) || [[ $version != 10.* ]]; then
        fail "the .NET 10 SDK is needed and was not found. Get it from
      https://dotnet.microsoft.com/download/dotnet/10.0"
    fi
    [[ -n ${HOME:-} ]] || export HOME=$state/home
}

# What is restored, built, formatted and tested: a solution or a solution filter.
solution() { printf '%s\n' "$root/JikoXpress.sln"; }

# The test projects in it.
test_projects() {
    grep -o '"[^"]*\.csproj"' "$(solution)" | tr -d '"' | tr '\134' '/' | tr -s '/' | grep '^tests/' | sort -u
}
