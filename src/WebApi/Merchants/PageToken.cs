using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.WebApi.Merchants;

/// <summary>
/// The address of a session's page: its id, by which it is found, and a secret, by which its holder is let in. 43
/// letters that an address can have.
/// </summary>
internal readonly record struct PageToken(Guid SessionId, string Key)
{
    private const int IdBytes = 16, KeyBytes = 16;

    public override string ToString() => Base64Url.EncodeToString(
        [.. SessionId.ToByteArray(bigEndian: true), .. Base64Url.DecodeFromChars(Key)]);

    /// <summary>Null for a text that is none; whether the key is right, only the session knows.</summary>
    public static PageToken? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + KeyBytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done
            || length != bytes.Length) return null;
        var token = new PageToken(
            new Guid(bytes[..IdBytes], bigEndian: true), Base64Url.EncodeToString(bytes[IdBytes..]));
        return token.ToString() == text ? token : null;
    }

    /// <summary>The session, if this is the address of its page; else null.</summary>
    public Session.Opened? Opens(Session session) =>
        session is Session.Opened { Opening.Hosted: { } terms } opened
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(terms.PageKey), Encoding.ASCII.GetBytes(Key))
            ? opened
            : null;
}
