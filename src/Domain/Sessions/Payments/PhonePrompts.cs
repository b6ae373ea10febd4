namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// A network shows one request for the PIN on a phone at a time and refuses the next one, so a phone is asked for one
/// payment at a time at each aggregator. The commit that starts a push holds this, for all silos.
/// </summary>
public static class PhonePrompts
{
    /// <summary>
    /// After this time a phone counts as free, even where the aggregator has not said how the request ended: networks
    /// take the request from the screen after one to two minutes.
    /// </summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    /// <summary>
    /// When the phone is free again at the latest: after <see cref="Life"/>, or when the session expires. The outcome
    /// of the payment frees it at once.
    /// </summary>
    public static DateTimeOffset Ends(DateTimeOffset startedAt, DateTimeOffset sessionExpires) =>
        sessionExpires < startedAt + Life ? sessionExpires : startedAt + Life;
}

/// <summary>Who has a phone rung, as its limits count it.</summary>
/// <param name="Id">The till, kiosk or table, or else the account or key.</param>
/// <param name="IsGuest">
/// A table, an app account or a hosted page. Its prompts to all phones are limited too; a till or kiosk serves
/// many guests an hour.
/// </param>
public sealed record Asker(Guid Id, bool IsGuest)
{
    public static Asker Of(Caller by) =>
        new(by.DeviceId ?? by.Id, by.Kind is CallerKind.TableGuest or CallerKind.AppUser or CallerKind.HostedPage);
}
