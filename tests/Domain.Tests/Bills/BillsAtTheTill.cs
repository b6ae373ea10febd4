using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>How a bill is paid at the till, ten minutes after it was opened.</summary>
internal static class BillsAtTheTill
{
    public static OpeningIds Opening { get; } = new(
        Id(600), Id(602), Ids(610), 148, new DateOnly(2026, 3, 12), SlipCode: "", Phones.Pushes);

    /// <summary>The kitchen's facts, where it takes part payments and where it does not.</summary>
    public static SessionFacts InParts(bool allowed) => Facts with
    {
        Kitchen = MamaNtilie with { Settings = MamaNtilie.Settings with { AllowPartPayments = allowed } },
    };

    extension(Bill bill)
    {
        public Decision<Bill> Paying(params PaymentRequest[] payments) => bill.Paying(Facts, payments);

        public Decision<Bill> Paying(SessionFacts facts, params PaymentRequest[] payments) =>
            bill.Pay(new PayBill(Cashier, payments.ToSequence()), facts, Opening, Sales.Later);
    }

    extension(Decision<Bill> decision)
    {
        /// <summary>The session that takes the money, as the bill's commit keeps it.</summary>
        public Session.Opened Session => Assert.Single(decision.Commit().Effects.OfType<Effect.KeepSession>()).Session;
    }
}
