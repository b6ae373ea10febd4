using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The mobile-money simulator alone.</summary>
internal static class SimulatorCommand
{
    private const string SecretVariable = "JIKO_SIMULATOR_SECRET";

    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(30);

    public static CliCommand Define(Checkout checkout)
    {
        var secret = Options.Text("--secret", "SECRET",
            $"What both sides know, at least 32 characters. {SecretVariable} does the same.");
        var port = Options.Number("--port", 1, 65_535, 5090, "Where it listens on 127.0.0.1.");
        var product = Options.Text("--product", "URL",
            "Where the product listens, to which webhooks go. Default: http://127.0.0.1:5080.");
        var command = new CliCommand("simulator", "Run the mobile-money simulator alone; run has one.")
        {
            secret, port, product,
        };
        command.Validators.Add(given =>
        {
            if (Known(given.GetValue(secret)) is null) given.AddError("./jiko simulator needs --secret.");
        });
        command.Ends("""
            An aggregator that moves no money, until Ctrl-C. A product that uses this one runs with
            JIKO_SIMULATOR=http://127.0.0.1:<port> and the same secret in JIKO_SIMULATOR_SECRET.

            What a guest does is read off the last three digits of the number; src/Simulator/Script.cs lists them.
            GET /_sim/ledger is what really left the phones, POST /_sim/advance?seconds=600 lets the guests' time pass.
            """);
        command.Does((given, interruption) => Run(
            checkout, given.GetValue(port), Known(given.GetValue(secret)) ?? "",
            given.GetValue(product) ?? "http://127.0.0.1:5080", interruption));
        return command;
    }

    private static string? Known(string? secret) =>
        (secret ?? Environment.GetEnvironmentVariable(SecretVariable)) is { Length: > 0 } known ? known : null;

    private static async Task<int> Run(
        Checkout checkout, int port, string secret, string product, Interruption interruption)
    {
        await RunCommand.RefuseTakenPort(port);
        Screen.Step("Building");
        var program = await DotNet.Build(checkout, "src/Simulator", interruption.Token);
        Screen.Step($"The simulator listens on http://127.0.0.1:{port}");
        var start = DotNet.Program(checkout.PathOf("src/Simulator"), program);
        start.Environment[SecretVariable] = secret;
        start.Environment["JIKO_SIMULATOR_PRODUCT"] = product;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        return await DotNet.Run(start, StoppedWithin, interruption.Token);
    }
}
