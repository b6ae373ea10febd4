namespace JikoXpress.Jiko.Postgres;

/// <summary>A server of the commands' own: from installed programs, or, where there are none, in Docker.</summary>
internal sealed class PostgresServer
{
    private const int Attempts = 5;

    private readonly PostgresHome home;
    private readonly bool lasting;
    private readonly PostgresCluster? cluster;
    private readonly PostgresContainer container;

    private int port;
    private string password = "";

    private PostgresServer(PostgresHome home, PostgresPrograms? programs, bool lasting)
    {
        this.home = home;
        this.lasting = lasting;
        cluster = programs is null ? null : new PostgresCluster(programs, home.User, home.Cluster);
        container = new PostgresContainer($"jikoxpress-{PosixChecksum.Of(home.Folder)}");
    }

    public string Home => home.Folder;

    /// <summary>Where the programs are; empty where Docker runs it.</summary>
    public string Programs => cluster?.Programs.Folder ?? "";

    /// <summary>How to look into the product's database by hand.</summary>
    public string PsqlLine => cluster is null
        ? $"docker exec -it {container.Name} psql -U jiko jiko"
        : $"PGPASSWORD=$(cat '{home.PasswordFile}') {cluster.Programs.PathOf("psql")} -h 127.0.0.1 -p {port} "
            + "-U jiko jiko";

    /// <summary>
    /// The server of ./jiko run, with a database of the product's own, whose owner is no superuser. Its data is in the
    /// checkout, or, where the user that is to run the server cannot reach that, elsewhere.
    /// </summary>
    /// <param name="checkout">The root of the repository.</param>
    public static async Task<PostgresServer> StartLasting(string checkout, int owner)
    {
        var programs = await Choose();
        var user = programs is null ? new ServerUser(Name: null) : await ServerUser.Choose();
        var home = await HomeOf(checkout, user, owner);
        if (programs is not null && await PostgresCluster.VersionOf(home.Cluster) is { } version)
        {
            programs = await PostgresPrograms.Find(version) ?? throw new Failure(
                $"the data in {home.Folder} was written by PostgreSQL {version}, which is not installed any more.\n"
                + "    Install it, or move the folder away to begin with an empty database.");
        }

        var server = new PostgresServer(home, programs, lasting: true);
        await server.Start();
        await server.MakeDatabase();
        return server;
    }

    /// <summary>A server to throw away, with all it holds, in a new folder.</summary>
    public static async Task<PostgresServer> StartFleeting(string folder, int owner)
    {
        var programs = await Choose();
        var user = programs is null ? new ServerUser(Name: null) : await ServerUser.Choose();
        var home = new PostgresHome(folder, user, owner);
        if (!await home.Prepare())
            throw new Failure($"the user {user.Name}, who is to run PostgreSQL, cannot reach {folder}");
        var server = new PostgresServer(home, programs, lasting: false);
        await server.Start();
        return server;
    }

    /// <summary>The server in a folder, which another process may have started.</summary>
    public static async Task<PostgresServer> Found(string folder, int owner, bool lasting)
    {
        var programs = await PostgresCluster.VersionOf(Path.Combine(folder, "cluster")) is { } version
            ? await PostgresPrograms.Find(version)
            : null;
        var user = programs is null ? new ServerUser(Name: null) : await ServerUser.Choose();
        return new PostgresServer(new PostgresHome(folder, user, owner), programs, lasting);
    }

    public string ConnectionAs(string user, string database) =>
        $"Host=127.0.0.1;Port={port};Username={user};Password={password};Database={database}";

    /// <summary>Leaves the server; stops it unless another ./jiko still uses it.</summary>
    public async Task Stop()
    {
        using var turn = await home.Turn();
        home.Leave();
        if (await home.Others() is { Count: > 0 } others)
        {
            Screen.Say($"PostgreSQL stays: ./jiko process {string.Join(' ', others)} uses it");
        }
        else if (cluster is null)
        {
            if (await container.IsRunning()) await container.Stop();
        }
        else if (await cluster.IsRunning() && !await cluster.Stop(atOnce: !lasting))
        {
            Screen.Warn($"PostgreSQL did not stop; its log is {cluster.Log}");
        }
    }

    private async Task Start()
    {
        using var turn = await home.Turn();
        var others = await home.Others();
        home.Take();
        password = await home.Password();
        if (cluster is null ? await container.IsRunning() : await cluster.IsRunning())
        {
            port = home.Port();
            Screen.Say(others.Count > 0
                ? $"already running for ./jiko process {string.Join(' ', others)} on port {port}: shared with it"
                : $"still running on port {port}, left by a ./jiko that was killed: taken over");
            return;
        }

        await Boot();
        var place = cluster is null ? $"the Docker volume {container.Name}" : home.Folder;
        Screen.Say($"127.0.0.1:{port}, data in {place}");
    }

    private async Task Boot()
    {
        if (cluster is null)
        {
            Screen.Say($"starting {PostgresContainer.Image} in Docker as {container.Name}");
        }
        else if (!Directory.Exists(cluster.Data))
        {
            Screen.Say($"making a cluster of PostgreSQL with {cluster.Programs.Folder}");
            await cluster.Create(home.PasswordFile, lasting);
        }

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            port = home.ChoosePort();
            if (cluster is null ? await container.Start(port, password, lasting) : await cluster.Start(port)) return;
        }

        throw new Failure($"PostgreSQL did not start: {Attempts} times another program was quicker to take its port");
    }

    private async Task MakeDatabase()
    {
        try
        {
            await Sql($"""
                select 'create role jiko login' where not exists (select from pg_roles where rolname = 'jiko') \gexec
                alter role jiko password '{password}';
                select 'create database jiko owner jiko'
                where not exists (select from pg_database where datname = 'jiko') \gexec

                """);
        }
        catch (Failure)
        {
            await Stop();
            throw;
        }
    }

    private async Task Sql(string text)
    {
        if (cluster is null)
        {
            await container.Sql(text);
            return;
        }

        var psql = new Command(
            cluster.Programs.PathOf("psql"), "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1",
            "--host", "127.0.0.1", "--port", $"{port}", "--username", "postgres", "--dbname", "postgres")
        {
            Input = text,
            Environment = new Dictionary<string, string> { ["PGPASSWORD"] = password },
        };
        var ended = await psql.Run();
        if (ended.Code != 0) throw new Failure("the database could not be made", ended.Said);
    }

    private static async Task<PostgresPrograms?> Choose()
    {
        if (await PostgresPrograms.Find() is { } installed) return installed;
        if (await AptGet.InstallPostgres() && await PostgresPrograms.Find() is { } fresh) return fresh;
        if (await PostgresContainer.IsPossible()) return null;
        throw new Failure("""
            PostgreSQL is needed and was not found, nor Docker to run it. Install PostgreSQL 14 or later:
                  Debian, Ubuntu   sudo apt-get install postgresql
                  Fedora           sudo dnf install postgresql-server
                  macOS            brew install postgresql@17
                  Windows          winget install PostgreSQL.PostgreSQL.17
                or give the connection string of one: JIKO_POSTGRES for ./jiko run, JIKO_TEST_POSTGRES for ./jiko test.
            """);
    }

    /// <summary>In the checkout, or where the user that is to run the server can reach it.</summary>
    private static async Task<PostgresHome> HomeOf(string checkout, ServerUser user, int owner)
    {
        if (Environment.GetEnvironmentVariable("JIKO_DATA") is { Length: > 0 } data)
        {
            var given = new PostgresHome(Path.GetFullPath(data, checkout), user, owner);
            return await given.Prepare()
                ? given
                : throw new Failure($"the user {user.Name}, who is to run PostgreSQL, cannot reach {data}");
        }

        var mine = new PostgresHome(Path.Combine(checkout, ".jiko", "postgres"), user, owner);
        if (await mine.Prepare()) return mine;
        var elsewhere = mine with { Folder = $"/var/lib/jikoxpress/{PosixChecksum.Of(checkout)}" };
        Screen.Say($"the user {user.Name}, who runs PostgreSQL here, cannot reach {mine.Folder}: using");
        Screen.Say($"{elsewhere.Folder} instead");
        if (!await elsewhere.Prepare())
            throw new Failure($"nor can {user.Name} reach {elsewhere.Folder}; set JIKO_DATA to a folder");
        await File.WriteAllTextAsync(Path.Combine(elsewhere.Folder, "checkout"), $"{checkout}\n");
        return elsewhere;
    }
}
