using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>The secret that a request carries, and its hash; only the hash may be stored.</summary>
public sealed class BearerToken(string text)
{
    public string Text => text;

    /// <summary>SHA-256, computed once per request.</summary>
    public byte[] Hash { get; } = HashOf(text);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
