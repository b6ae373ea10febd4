using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Bills;
using JikoXpress.WebApi.Carts;
using JikoXpress.WebApi.Kitchens;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Payments;

namespace JikoXpress.WebApi.Sessions;

/// <summary>JSON of the views: camelCase, wire names for enums, and no members that are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson),
        typeof(WireNameJson<SessionType>), typeof(WireNameJson<Channel>), typeof(WireNameJson<FulfillmentType>),
        typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<SessionStatus>), typeof(WireNameJson<CallerKind>),
        typeof(WireNameJson<PaymentStatus>), typeof(WireNameJson<EndReason>), typeof(WireNameJson<TimelineEntryKind>),
        typeof(WireNameJson<OrderStatus>), typeof(WireNameJson<OrderPaymentState>), typeof(WireNameJson<TicketStatus>),
        typeof(WireNameJson<AttemptStatus>), typeof(WireNameJson<SuspenseReason>),
        typeof(WireNameJson<SuspenseDecision>), typeof(WireNameJson<PaymentExceptionKind>),
        typeof(WireNameJson<PaymentExceptionDecision>), typeof(WireNameJson<RefundWay>),
        typeof(WireNameJson<UnresolvedKind>), typeof(WireNameJson<ReconciliationState>),
        typeof(WireNameJson<BillStatus>), typeof(WireNameJson<BillTimelineEntryKind>),
        typeof(WireNameJson<RefundStatus>), typeof(WireNameJson<UnansweredOrders>)])]
[JsonSerializable(typeof(BillView))]
[JsonSerializable(typeof(ListView<BillView>))]
[JsonSerializable(typeof(CartView))]
[JsonSerializable(typeof(CheckoutGroupView))]
[JsonSerializable(typeof(ListView<SuspensePaymentView>))]
[JsonSerializable(typeof(PaymentConflictView))]
[JsonSerializable(typeof(ListView<PaymentConflictView>))]
[JsonSerializable(typeof(ListView<UnresolvedPaymentView>))]
[JsonSerializable(typeof(PaymentQuestionView))]
[JsonSerializable(typeof(ListView<ReconciliationView>))]
[JsonSerializable(typeof(PaymentExceptionView))]
[JsonSerializable(typeof(ListView<PaymentExceptionView>))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(ListView<SessionView>))]
[JsonSerializable(typeof(QuoteView))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(PaymentCorrectionView))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(ListView<OrderView>))]
[JsonSerializable(typeof(StreamTicketView))]
[JsonSerializable(typeof(CartPreviewView))]
[JsonSerializable(typeof(TicketView))]
[JsonSerializable(typeof(TicketsView))]
internal sealed partial class SessionJson : JsonSerializerContext;
