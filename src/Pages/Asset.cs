using System.Security.Cryptography;

namespace JikoXpress.Pages;

/// <summary>
/// A file that pages load from this server. Its name has a hash of its content, so a browser may keep it for good: a
/// newer one has another name.
/// </summary>
public sealed record Asset(string Name, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The first path segment of all assets.</summary>
    public const string Folder = "/assets";

    private const int HashDigits = 16;

    public static Asset Style { get; } = Load("page", "css", "text/css; charset=utf-8");

    public static Asset Script { get; } = Load("page", "js", "text/javascript; charset=utf-8");

    public string Path => $"{Folder}/{Name}";

    /// <summary>The asset with this name, whatever its hash is; null when there is none.</summary>
    public static Asset? Named(string name) => name.Split('.') is [var first, { Length: HashDigits }, var last]
        ? Array.Find(
            [Style, Script], asset => asset.Name.Split('.') is [var own, _, var kind] && own == first && kind == last)
        : null;

    private static Asset Load(string name, string extension, string contentType)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream($"{name}.{extension}")
            ?? throw new InvalidOperationException($"There is no {name}.{extension} among the resources.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits];
        return new Asset($"{name}.{hash}.{extension}", contentType, content);
    }
}
