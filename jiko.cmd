@echo off
rem The commands of JikoXpress: jiko help says what there is. They are a .NET program, eng\Jiko. This finds the .NET
rem SDK, builds the program where its sources are new, and runs it. The file jiko does the same on other systems.

setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set DOTNET_CLI_UI_LANGUAGE=en
set MSBUILDDISABLENODEREUSE=1
set JIKO_PROGRAM=
set JIKO_FIND=powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0eng\program.ps1"
for /f "usebackq delims=" %%p in (`%JIKO_FIND%`) do set "JIKO_PROGRAM=%%p"
if not defined JIKO_PROGRAM (
    if "%~1"=="test" echo 0 passed, 1 failed, 0 skipped
    exit /b 1
)
dotnet exec "%JIKO_PROGRAM%" %*
exit /b %ERRORLEVEL%
