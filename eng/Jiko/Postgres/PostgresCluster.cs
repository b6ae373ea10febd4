namespace JikoXpress.Jiko.Postgres;

/// <summary>A server that installed programs run on 127.0.0.1; its data belongs to the user that it runs as.</summary>
/// <param name="Folder">Holds data, password and postgres.log; the server's user owns it.</param>
internal sealed record PostgresCluster(PostgresPrograms Programs, ServerUser User, string Folder)
{
    /// <summary>Durable, as the product needs it, and for this machine only.</summary>
    public static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("max_connections", "300"), ("shared_buffers", "256MB"), ("max_wal_size", "2GB"), ("fsync", "on"),
        ("synchronous_commit", "on"), ("full_page_writes", "on"), ("timezone", "UTC"), ("log_timezone", "UTC"),
    ];

    public string Data => Path.Combine(Folder, "data");

    public string Log => Path.Combine(Folder, "postgres.log");

    private string ProcessFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>The major version that wrote the data; null where there is none.</summary>
    public static async Task<int?> VersionOf(string folder)
    {
        var file = Path.Combine(folder, "data", "PG_VERSION");
        return File.Exists(file) && int.TryParse((await File.ReadAllTextAsync(file)).Trim(), out var version)
            ? version
            : null;
    }

    /// <summary>
    /// Makes the data folder, beside and then moved into place, so that there is never half of one. Without a password
    /// whoever reaches the port of 127.0.0.1 comes in.
    /// </summary>
    /// <param name="lasting">Synchronised to the disk before this returns.</param>
    public async Task Create(string? passwordFile, bool lasting)
    {
        var made = $"{Data}.new";
        if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        // Sorting by bytes: the same on every machine, and the fastest.
        List<string> options =
        [
            $"--pgdata={made}", "--username=postgres", "--encoding=UTF8", $"--locale={await CharacterType()}",
            "--lc-collate=C", "--lc-messages=C", "--data-checksums",
            .. passwordFile is null ? ["--auth=trust"] : (string[])["--auth=scram-sha-256", $"--pwfile={passwordFile}"],
        ];
        if (!lasting) options.Add("--no-sync");
        var ended = await Run("initdb", [.. options]);
        if (ended.Code != 0) throw new Failure("PostgreSQL could not make its data folder", ended.Said);
        await File.AppendAllTextAsync(Path.Combine(made, "postgresql.conf"), "include 'jiko.conf'\n");
        Directory.Move(made, Data);
    }

    /// <summary>Whether it took the port; another program may have been quicker.</summary>
    /// <exception cref="Failure">It does not start, for another reason.</exception>
    public async Task<bool> Start(int port)
    {
        await Configure(port);
        ForgetStranger();
        if (File.Exists(Log)) File.Move(Log, $"{Log}.before", overwrite: true);
        var ended = await Run(
            "pg_ctl", "start", $"--pgdata={Data}", $"--log={Log}", "--wait", "--timeout=300", "--silent");
        if (ended.Code == 0) return true;
        var said = File.Exists(Log) ? await File.ReadAllTextAsync(Log) : ended.Said;
        if (said.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)) return false;
        throw new Failure($"PostgreSQL did not start; its log is {Log}", said);
    }

    /// <param name="atOnce">As when the power goes: nothing is written down first.</param>
    public async Task<bool> Stop(bool atOnce)
    {
        var mode = atOnce ? "immediate" : "fast";
        var ended = await Run("pg_ctl", "stop", $"--pgdata={Data}", $"--mode={mode}", "--timeout=120", "--silent");
        return ended.Code == 0;
    }

    /// <summary>A process number alone may by now be another program's.</summary>
    public async Task<bool> IsRunning()
    {
        if (ProcessIn() is not { } process) return false;
        if (OperatingSystem.IsWindows()) return (await Run("pg_ctl", "status", $"--pgdata={Data}")).Code == 0;
        return (await Processes.LineOf(process)).Contains(Data, StringComparison.Ordinal);
    }

    public async Task<Ended> Run(string program, params IReadOnlyList<string> arguments) =>
        await (await User.Command(Folder, Programs.PathOf(program), arguments)).Run();

    /// <summary>
    /// After a crash the process number left behind may by now be another program's, or that of a server that is dead
    /// but not yet buried, which PostgreSQL would take for a living one.
    /// </summary>
    private void ForgetStranger()
    {
        if (ProcessIn() is not null) File.Delete(ProcessFile);
    }

    private async Task Configure(int port)
    {
        (string Name, string Value)[] all =
        [
            .. Settings, ("listen_addresses", "127.0.0.1"), ("unix_socket_directories", ""), ("port", $"{port}"),
        ];
        var file = Path.Combine(Data, "jiko.conf");
        await File.WriteAllLinesAsync(
            file, ["# Written by ./jiko at each start.", .. all.Select(one => $"{one.Name} = '{one.Value}'")]);
        await User.Own(file);
    }

    private int? ProcessIn() =>
        File.Exists(ProcessFile) && int.TryParse(File.ReadLines(ProcessFile).FirstOrDefault(), out var process)
            ? process
            : null;

    private static async Task<string> CharacterType()
    {
        var known = await new Command("locale", "-a").Run();
        return known.Output.Split('\n').Any(name => name.ToUpperInvariant() is "C.UTF-8" or "C.UTF8") ? "C.UTF-8" : "C";
    }
}
