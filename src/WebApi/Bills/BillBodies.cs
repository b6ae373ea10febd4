using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Bills;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Sessions;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Bills;

/// <summary>How a bill is paid.</summary>
/// <param name="Payments">Their amounts come to the bill's balance, or to less where the kitchen allows that.</param>
internal sealed record PayBillBody([Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments);

/// <param name="Status">Only bills with this status.</param>
/// <param name="TableNumber">Only bills of this table.</param>
internal sealed record ListBillsQuery(BillStatus? Status, string? TableNumber) : PageQuery;
