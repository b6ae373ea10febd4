using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The API's document and its example answers, written anew.</summary>
internal static class OpenApiCommand
{
    public static CliCommand Define(Checkout checkout)
    {
        var command = new CliCommand("openapi", "Write docs/openapi.json anew, after the API has changed.");
        command.Ends("""
            What the product answers at /openapi/v1.json, and beside it what it answers to the examples in
            src/WebApi/Documentation/Examples. The tests compare the files with the product: whoever changes the API
            runs this, looks at the difference, and commits it.
            """);
        command.Does((_, interruption) => Run(checkout, interruption.Token));
        return command;
    }

    private static async Task<int> Run(Checkout checkout, CancellationToken token)
    {
        using (await DotNet.BuildTurn(checkout, token))
        {
            // First the answers to the examples, then, built with them in it, the document.
            foreach (var category in (string[])["Examples", "OpenAPI"])
            {
                var write = DotNet.Start(
                    checkout.Root, "test", "tests/WebApi.Tests", "--verbosity", "quiet",
                    "--filter", $"Category={category}");
                write.Environment["JIKO_WRITE_OPENAPI"] = "true";
                if (await DotNet.Run(write, TimeSpan.Zero, token) is not 0 and var code) return code;
            }
        }

        var difference = await new Command(
            "git", "--no-pager", "diff", "--stat", "--", "docs/openapi.json", "src/WebApi/Documentation/Examples")
        {
            Folder = checkout.Root,
        }.Run();
        if (difference.Code == 0) Console.Write(difference.Output);
        return 0;
    }
}
