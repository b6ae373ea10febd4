using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Payments;

/// <summary>An account at an aggregator: where it is, and with which secrets it is used.</summary>
/// <param name="Name">In the path of its webhooks and in each of its attempts: it must not change.</param>
/// <param name="LiveMode">True when it moves real money.</param>
public abstract record AggregatorAccount(string Name, bool LiveMode)
{
    public abstract AggregatorVendor Vendor { get; }

    /// <summary>All addresses that requests go to.</summary>
    public abstract IEnumerable<Uri> Addresses { get; }

    public abstract IMobileMoneyAdapter Adapter(HttpClient http, TimeProvider clock);

    /// <summary>Names without secrets, for logs.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Name}";
}
