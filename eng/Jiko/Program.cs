using System.Runtime.InteropServices;
using JikoXpress.Jiko;
using JikoXpress.Jiko.Postgres;

// Started by ./jiko, whose shell waits until this has ended before it heeds a Ctrl-C.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
try
{
    return await Commands.Run(args);
}
catch (Failure failure)
{
    foreach (var line in failure.Quoted) Console.Error.WriteLine(line);
    Screen.Warn(failure.Message);
    return 1;
}

/// <summary>
/// postgres start-lasting CHECKOUT OWNER ANSWER, postgres start-fleeting FOLDER OWNER ANSWER: starts a server for the
/// process OWNER and writes to the file ANSWER, as assignments of a shell, how to reach it.
/// postgres stop FOLDER OWNER lasting|fleeting: leaves it.
/// </summary>
internal static class Commands
{
    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        switch (words)
        {
            case ["postgres", "start-lasting", var checkout, var owner, var answer]:
                var lasting = await PostgresServer.StartLasting(checkout, ProcessOf(owner));
                await Answer(answer, lasting, lasting.ConnectionAs("jiko", "jiko"));
                return 0;
            case ["postgres", "start-fleeting", var folder, var owner, var answer]:
                var fleeting = await PostgresServer.StartFleeting(folder, ProcessOf(owner));
                await Answer(answer, fleeting, fleeting.ConnectionAs("postgres", "postgres"));
                return 0;
            case ["postgres", "stop", var folder, var owner, "lasting" or "fleeting"]:
                await (await PostgresServer.Found(folder, ProcessOf(owner), words[^1] == "lasting")).Stop();
                return 0;
            default:
                Screen.Warn("this program is for ./jiko; ./jiko help lists the commands");
                return 2;
        }
    }

    private static int ProcessOf(string owner) => int.TryParse(owner, out var process)
        ? process
        : throw new Failure($"'{owner}' is no process number");

    private static Task Answer(string file, PostgresServer server, string connection) => File.WriteAllLinesAsync(file,
    [
        $"postgres_home={Quoted(server.Home)}",
        $"postgres_connection={Quoted(connection)}",
        $"postgres_programs={Quoted(server.Programs)}",
        $"postgres_psql_line={Quoted(server.PsqlLine)}",
    ]);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
