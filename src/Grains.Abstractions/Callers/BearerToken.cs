using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>The secret that a request carries, and what may be kept of it.</summary>
public sealed class BearerToken(string text)
{
    public string Text => text;

    /// <summary>SHA-256, computed once for all who go by it.</summary>
    public byte[] Hash { get; } = HashOf(text);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
