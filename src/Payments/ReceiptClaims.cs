using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>Money counts for one payment: the one that its receipts belong to.</summary>
public sealed class ReceiptClaims(IReceipts receipts, TimeProvider clock, ILogger<ReceiptClaims> log)
{
    /// <summary>True unless the money that the report tells of was counted for another reference before.</summary>
    /// <param name="label">The account in metrics.</param>
    public async Task<bool> AreOf(string adapter, string label, PaymentReport report)
    {
        // Together, so that they share a statement.
        var owners = await Task.WhenAll(report.Receipts.Select(
            receipt => receipts.Claim(adapter, receipt, report.Reference, clock.GetUtcNow())));
        if (owners.FirstOrDefault(owner => owner != report.Reference) is { } other)
        {
            Log.ReceiptOfAnother(log, report.Reference, other);
            PaymentMetrics.Conflict(label);
            return false;
        }

        return true;
    }
}
