using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The payment links of merchants.</summary>
public interface IPaymentLinks
{
    /// <summary>Refuses unless the store is the merchant's and of the key's mode.</summary>
    Task<Reply<PaymentLink>> Add(MakePaymentLink command, Operation? operation = null);

    /// <summary>Null when there is none.</summary>
    Task<PaymentLink?> Find(Guid id);

    /// <summary>The merchant's links, newest first.</summary>
    /// <param name="active">Only those that are switched on, or off; null for all.</param>
    Task<Page<PaymentLink>> List(Guid merchantId, bool? active, PageRequest page);

    /// <summary>Switches a link, or changes its texts. Refuses when the merchant has no such link.</summary>
    Task<Reply<PaymentLink>> Change(Guid merchantId, Guid id, ChangePaymentLink change);
}
