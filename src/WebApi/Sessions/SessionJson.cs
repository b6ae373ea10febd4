using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Bills;
using JikoXpress.WebApi.Carts;
using JikoXpress.WebApi.Kitchens;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Payments;

namespace JikoXpress.WebApi.Sessions;

/// <summary>How views are written: camelCase, the reference's words, and nothing that is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson),
        typeof(WordJson<SessionType>), typeof(WordJson<Channel>), typeof(WordJson<FulfillmentType>),
        typeof(WordJson<PaymentMethod>), typeof(WordJson<SessionStatus>), typeof(WordJson<CallerKind>),
        typeof(WordJson<LegStatus>), typeof(WordJson<EndReason>), typeof(WordJson<HappeningKind>),
        typeof(WordJson<OrderStatus>), typeof(WordJson<OrderPaymentState>), typeof(WordJson<TicketStatus>),
        typeof(WordJson<AttemptStatus>), typeof(WordJson<ParkedWhy>), typeof(WordJson<ParkedDecision>),
        typeof(WordJson<BillStatus>), typeof(WordJson<BillHappeningKind>),
        typeof(WordJson<RefundStatus>), typeof(WordJson<UnansweredOrders>)])]
[JsonSerializable(typeof(OpenSessionBody))]
[JsonSerializable(typeof(ConfirmSlipBody))]
[JsonSerializable(typeof(PayBillBody))]
[JsonSerializable(typeof(SplitBillBody))]
[JsonSerializable(typeof(TransferBillBody))]
[JsonSerializable(typeof(MergeBillBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(BillView))]
[JsonSerializable(typeof(ListView<BillView>))]
[JsonSerializable(typeof(PutCartItemBody))]
[JsonSerializable(typeof(CartView))]
[JsonSerializable(typeof(CheckoutGroupView))]
[JsonSerializable(typeof(InitiatePaymentBody))]
[JsonSerializable(typeof(ParkedDecisionBody))]
[JsonSerializable(typeof(ListView<ParkedPaymentView>))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(ListView<SessionView>))]
[JsonSerializable(typeof(QuoteView))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(RefundBody))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(MoveTicketBody))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(ListView<OrderView>))]
[JsonSerializable(typeof(TicketView))]
[JsonSerializable(typeof(TicketsView))]
internal sealed partial class SessionJson : JsonSerializerContext;
