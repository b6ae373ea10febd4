using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Ports;

/// <summary>The kitchens' own accounts at aggregators, with their secrets, for the process that uses them.</summary>
public interface IStoredAccounts
{
    /// <summary>All of them, removed ones too: old payments are still asked about and refunded.</summary>
    Task<IReadOnlyList<StoredAccount>> All();
}

/// <param name="Version">Counts its changes.</param>
/// <param name="Secrets">Null when this process cannot read them.</param>
public sealed record StoredAccount(
    string Name, int Version, AggregatorVendor Vendor, bool LiveMode, PaymentAccountSettings Settings,
    PaymentAccountSecrets? Secrets);

/// <summary>Tells this process that a kitchen's account has changed, here or at another process.</summary>
public sealed class AccountNews
{
    public Signal Signal { get; } = new();
}

/// <summary>Notes how accounts answer, for all processes to read.</summary>
public interface IConditionNotes
{
    Task Note(string account, AccountCondition condition, DateTimeOffset at);
}
