# shellcheck shell=bash
# ./jiko help

help_command() {
    cat <<'HELP'
JikoXpress: the checkout backend of a restaurant.

  ./jiko run        Build the product and run it with a PostgreSQL of its own, a demo kitchen in it and phones to pay:
                    one Orleans silo that serves the web API. With --cluster two silos and a web front end.
  ./jiko test       Build everything, check the formatting and run every test.
  ./jiko simulator  Run the mobile-money simulator alone; ./jiko run has one.
  ./jiko openapi    Write docs/openapi.json anew, after the API has changed.
  ./jiko bench      Measure the product, and in the same run what to divide its figures by.
  ./jiko chaos      Break everything by turns under load, and count what is left: the crash campaign.
  ./jiko simulate   Run everything under virtual time with all that can go wrong, seed after seed.
  ./jiko mutate     Plant faults in the rules and in the schema, and see that a test notices each; before a release.
  ./jiko help       This page. ./jiko run --help and so on say more of each.

What is needed: the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0), and PostgreSQL 14 or later:
an installed one is found, else it is installed with apt-get (as root, on Debian or Ubuntu), else Docker runs it.
A server that is already there for other purposes is left alone: the commands start their own, on a free port of
127.0.0.1.

Environment:
  JIKO_POSTGRES       Connection string (Npgsql: Host=...;Username=...;Password=...;Database=...) of a database to use
                      instead of a PostgreSQL of its own. For ./jiko run.
  JIKO_TEST_POSTGRES  The same for ./jiko test: a superuser, or one who may create databases. Each test class makes
                      its own database and drops it.
  JIKO_DATA           Folder for the data of ./jiko run. Default: .jiko/postgres in this checkout; for root, whose
                      PostgreSQL runs as another user, /var/lib/jikoxpress/... where that user cannot reach it.
  JIKO_POSTGRES_PROGRAMS
                      Folder of the programs of the PostgreSQL to start (initdb, pg_ctl), instead of the newest found.
  JIKO_SIMULATOR      Address of a mobile-money simulator for ./jiko run to use instead of its own, with the secret that
                      it was started with in JIKO_SIMULATOR_SECRET.

To start again with an empty database, stop ./jiko run and remove its data, whose place it names as it starts.
HELP
}
