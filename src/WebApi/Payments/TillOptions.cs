using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Payments;
using JikoXpress.WebApi.Hosting;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// JIKO_TILLS: a JSON file with the programs that forward what kitchens' tills receive. Secrets are not in it: it names
/// the file of each.
/// </summary>
internal static class TillOptions
{
    private const string Setting = "JIKO_TILLS";
    private const int LongestName = 32;
    private const int ShortestSecret = 32;

    /// <exception cref="InvalidOperationException">The file cannot be read, or a forwarder is not complete.</exception>
    public static IReadOnlyList<TillForwarder> From(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } file) return [];
        TillEntry[] entries;
        try
        {
            entries = JsonSerializer.Deserialize(File.ReadAllText(file), TillJson.Default.TillEntryArray) ?? [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidOperationException($"{Setting} names a file that is no list of forwarders.", wrong);
        }

        if (entries.GroupBy(entry => entry.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var name })
            throw new InvalidOperationException($"{Setting} has two forwarders named {name}.");
        return [.. entries.Select(Forwarder)];
    }

    private static TillForwarder Forwarder(TillEntry entry)
    {
        var isName = entry.Name is { Length: > 0 and <= LongestName }
            && entry.Name.All(letter => letter is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
        if (!isName)
            throw new InvalidOperationException(
                $"{Setting}: each forwarder has a name of up to {LongestName} small letters, digits and hyphens.");
        var key = Secret(entry.Name, "keyFile", entry.KeyFile);
        return StandardWebhook.IsSecret(key)
            ? new TillForwarder(entry.Name, entry.Kitchen, Secret(entry.Name, "tokenFile", entry.TokenFile), key)
            : throw Wrong(entry.Name, "keyFile", "a file with base64 after whsec_");
    }

    private static string Secret(string name, string member, string file)
    {
        string secret;
        try
        {
            if (Secrets.IsOpenToOthers(file)) throw Wrong(name, member, "readable by its owner only");
            secret = File.ReadAllText(file).Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw Wrong(name, member, "the name of a file that can be read");
        }

        return secret.Length >= ShortestSecret
            ? secret
            : throw Wrong(name, member, $"a file with at least {ShortestSecret} characters");
    }

    private static InvalidOperationException Wrong(string name, string member, string what) =>
        new($"{Setting}: {member} of forwarder {name} is {what}.");
}

/// <summary>A forwarder in the file.</summary>
internal sealed record TillEntry(string Name, Guid Kitchen, string TokenFile, string KeyFile);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TillEntry[]))]
internal sealed partial class TillJson : JsonSerializerContext;
