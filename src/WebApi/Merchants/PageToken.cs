using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;

namespace JikoXpress.WebApi.Merchants;

/// <summary>
/// The address of a page: the id of its session or payment link, by which that is found, and a secret, by which its
/// holder is let in. 43 letters that an address can have.
/// </summary>
internal readonly record struct PageToken(Guid Id, string Key)
{
    private const int IdBytes = 16, KeyBytes = 16;

    public override string ToString() => Base64Url.EncodeToString(
        [.. Id.ToByteArray(bigEndian: true), .. Base64Url.DecodeFromChars(Key)]);

    /// <summary>Null for a text that is none; whether the key is right, only the session or the link knows.</summary>
    public static PageToken? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + KeyBytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done
            || length != bytes.Length) return null;
        var token = new PageToken(
            new Guid(bytes[..IdBytes], bigEndian: true), Base64Url.EncodeToString(bytes[IdBytes..]));
        return token.ToString() == text ? token : null;
    }

    /// <exception cref="InvalidOperationException">The session has no page.</exception>
    public static PageToken Of(Session.Opened session) => new(
        session.Id, session.PageKey ?? throw new InvalidOperationException("The session has no page."));

    /// <summary>The session, if this is the address of its page; else null.</summary>
    public Session.Opened? Opens(Session session) =>
        session is Session.Opened { PageKey: { } key } opened && Opens(key) ? opened : null;

    /// <summary>Whether this is the key of the page; takes as long for any other key.</summary>
    public bool Opens(string key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(Key));
}
