# For jiko.cmd: writes where the program of the commands is, which it builds where its sources are new.

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
Set-Location $root

function Fail($message) {
    [Console]::Error.WriteLine("jiko: $message")
    exit 1
}

$answer = 'nothing'
if (Get-Command dotnet -ErrorAction SilentlyContinue) { $answer = & dotnet --version | Select-Object -First 1 }
if ($answer -notlike '10.*') {
    Fail ('the .NET 10 SDK is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 ' +
        "(dotnet --version answers: $answer)")
}

# Names the sources by their contents: a program that runs is never written over, and two builds meet only in a name.
$files = @('Directory.Build.props', 'Directory.Packages.props', 'VERSION', 'global.json', 'nuget.config')
$files += Get-ChildItem eng/Jiko -Recurse -File -Include *.cs, *.csproj |
    Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | Sort-Object FullName | ForEach-Object FullName
$all = ($files | ForEach-Object { "$_ $((Get-FileHash $_).Hash)" }) -join "`n"
$stream = [IO.MemoryStream]::new([Text.Encoding]::UTF8.GetBytes($all))
$built = Join-Path $root ".jiko/tool/$((Get-FileHash -InputStream $stream).Hash.Substring(0, 16))"

if (-not (Test-Path $built)) {
    $fresh = "$built.$PID"
    New-Item -ItemType Directory -Force $fresh | Out-Null
    $said = & dotnet build eng/Jiko --configuration Release --artifacts-path $fresh `
        -property:RunAnalyzers=false --verbosity quiet
    if ($LASTEXITCODE -ne 0) {
        $said | Select-Object -Last 40 | ForEach-Object { [Console]::Error.WriteLine("    | $_") }
        Remove-Item -Recurse -Force $fresh
        Fail 'eng/Jiko does not build'
    }
    # Another may have been quicker: one of the same sources is as good.
    if (Test-Path $built) { Remove-Item -Recurse -Force $fresh } else { Move-Item $fresh $built }
}
Join-Path $built 'bin/Jiko/release/JikoXpress.Jiko.dll'
