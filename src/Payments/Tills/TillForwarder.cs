using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Payments;

/// <summary>
/// A program that forwards what a kitchen's tills receive: an app that reads the messages of the till's phone, or the
/// network's own callback.
/// </summary>
/// <param name="Name">In the path of its notifications.</param>
/// <param name="KitchenId">The kitchen whose tills it may speak for.</param>
/// <param name="Token">The secret last part of that path.</param>
/// <param name="Key">What it signs with, in the form of Standard Webhooks.</param>
public sealed record TillForwarder(string Name, Guid KitchenId, string Token, string Key)
{
    /// <summary>The longest token that is looked at.</summary>
    private const int LongestToken = 256;

    /// <summary>Names without secrets, for logs.</summary>
    public override string ToString() => $"{nameof(TillForwarder)} {Name}";

    public bool IsItsToken(string token) => token.Length <= LongestToken && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));

    /// <summary>True when it has signed the notification, a short time ago.</summary>
    public bool HasSigned(Webhook webhook, DateTimeOffset now) => webhook.IsSignedWith(Key, now);
}

/// <summary>The forwarders of this installation.</summary>
public sealed class TillForwarders(IEnumerable<TillForwarder> forwarders)
{
    private const string Prefix = "till-forwarder:";

    private readonly Dictionary<string, TillForwarder> known = forwarders.ToDictionary(each => each.Name);

    public TillForwarder? Find(string name) => known.GetValueOrDefault(name);

    /// <summary>The name of a forwarder in the inbox, where aggregators' accounts have theirs.</summary>
    public static string InboxName(TillForwarder forwarder) => Prefix + forwarder.Name;

    /// <summary>The inbox has it for a forwarder, of this installation or not.</summary>
    public static bool IsInboxName(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The forwarder of something in the inbox; null when it is none of this installation.</summary>
    public TillForwarder? OfInbox(string name) => IsInboxName(name) ? Find(name[Prefix.Length..]) : null;
}
