using JikoXpress.Domain.Merchants;

namespace JikoXpress.Grains.Ports;

/// <summary>Reads payment links for the sessions that are opened from them.</summary>
public interface IPaymentLinkReads
{
    /// <summary>As the rows have it now; null when there is none.</summary>
    Task<PaymentLink?> Find(Guid id);
}
