# shellcheck shell=bash
# ./jiko openapi

openapi_usage() {
    cat <<'USAGE'
./jiko openapi

Writes what the product answers at /openapi/v1.json to docs/openapi.json, and what it answers to the examples in
src/WebApi/Documentation/Examples beside them. The tests compare the files with the product: whoever changes the API
runs this, looks at the difference, and commits it.
USAGE
}

openapi_command() {
    case ${1:-} in
        '') ;;
        -h | --help) openapi_usage && return ;;
        *) fail "./jiko openapi does not know '$1'." ;;
    esac

    require_dotnet
    cd "$root"
    # First the answers to the examples, then, built with them in it, the document.
    JIKO_WRITE_OPENAPI=true dotnet test tests/WebApi.Tests --verbosity quiet --filter Category=Examples
    JIKO_WRITE_OPENAPI=true dotnet test tests/WebApi.Tests --verbosity quiet --filter Category=OpenAPI
    git -C "$root" --no-pager diff --stat -- docs/openapi.json src/WebApi/Documentation/Examples 2>/dev/null || true
}
