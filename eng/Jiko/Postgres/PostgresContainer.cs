namespace JikoXpress.Jiko.Postgres;

/// <summary>
/// A server in Docker. The container is thrown away when it stops; a volume of the same name keeps the data.
/// </summary>
internal sealed record PostgresContainer(string Name)
{
    public const string Image = "postgres:17.6";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<bool> IsPossible() => (await Docker("info")).Code == 0;

    public async Task<bool> IsRunning() =>
        (await Docker("inspect", "--format", "{{.State.Running}}", Name)).Output.Trim() == "true";

    /// <summary>Whether it took the port; another program may have been quicker.</summary>
    /// <exception cref="Failure">It does not start, for another reason.</exception>
    public async Task<bool> Start(int port, string password, bool lasting)
    {
        await Docker("rm", "--force", Name);
        IEnumerable<string> volume = lasting ? ["--volume", $"{Name}:/var/lib/postgresql/data"] : [];
        var settings = PostgresCluster.Settings.SelectMany(one => (string[])["-c", $"{one.Name}={one.Value}"]);
        var run = new Command("docker", [
            "run", "--detach", "--rm", "--name", Name, "--shm-size", "512m", "--publish", $"127.0.0.1:{port}:5432",
            .. volume, "--env", "POSTGRES_PASSWORD", "--env",
            "POSTGRES_INITDB_ARGS=--data-checksums --encoding=UTF8 --locale=C.UTF-8 --lc-collate=C", Image, .. settings,
        ])
        {
            // Docker may have to fetch the image.
            Patience = TimeSpan.FromMinutes(15),
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password },
        };
        var ended = await run.Run();
        if (ended.Code != 0 && !Ports.IsFree(port)) return false;
        if (ended.Code != 0) throw new Failure("Docker did not start PostgreSQL", ended.Said);
        await Answers();
        // The volume remembers the password of its first start, which may be another than ours.
        await Sql($"alter role postgres password '{password}';\n");
        return true;
    }

    public Task Stop() => Docker("stop", "-t", "120", Name);

    public async Task Sql(string text)
    {
        var psql = new Command(
            "docker", "exec", "--interactive", Name, "psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1",
            "--username", "postgres", "--dbname", "postgres")
        {
            Input = text,
        };
        var ended = await psql.Run();
        if (ended.Code != 0) throw new Failure("PostgreSQL in Docker refuses its set-up", ended.Said);
    }

    /// <summary>While the image sets itself up, PostgreSQL answers on its socket only: ask over TCP.</summary>
    private async Task Answers()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while ((await Docker("exec", Name, "pg_isready", "--quiet", "--host", "127.0.0.1")).Code != 0)
        {
            if (clock.Elapsed > Patience || !await IsRunning())
                throw new Failure(
                    "PostgreSQL did not start in its container", (await Docker("logs", "--tail", "30", Name)).Said);
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private static Task<Ended> Docker(params IEnumerable<string> arguments) => new Command("docker", arguments).Run();
}
