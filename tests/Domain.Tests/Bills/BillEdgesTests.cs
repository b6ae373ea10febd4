using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>What a bill tells of itself, and the last values that its rules take.</summary>
public sealed class BillEdgesTests
{
    private static readonly Bill.Opened Owing = Rounds.Opened.Bill;

    [Theory]
    [InlineData(1, true)]
    [InlineData(999, true)]
    [InlineData(0, false)]
    [InlineData(1_000, false)]
    public void A_void_names_1_to_999_items(int quantity, bool accepted)
    {
        var broken = (Rounds.Void(Owing.Lines[0]) with { Quantity = quantity }).Broken();

        Assert.Equal(accepted ? [] : ["/quantity"], broken.Select(refusal => refusal.Pointer));
    }

    [Fact]
    public void A_payment_of_nothing_is_told_alone() => Assert.Equal(
        ["payments-required"],
        Owing.Paying().Refusals().Select(refusal => refusal.Code));

    [Fact]
    public void The_sum_is_not_held_against_a_bill_that_cannot_be_paid() => Assert.Equal(
        ["bill-not-open"],
        (Owing with { Status = BillStatus.Paid }).Paying(Cash(1)).Refusals().Select(refusal => refusal.Code));

    [Fact]
    public void What_voids_gave_back_of_a_payment_is_not_paid()
    {
        var part = Owing.Paying(BillsAtTheTill.InParts(true), Cash(4_000)).Bill;
        var back = part with { Payments = [part.Payments[0] with { GivenBack = new Money(1_500) }] };

        Assert.Equal((new Money(2_500), new Money(7_000)), (back.Paid, back.Balance));
        Assert.Null(back.Pending);
    }

    [Fact]
    public void A_second_void_adds_to_what_a_payment_has_given_back()
    {
        var (bill, round) = Rounds.Opened;
        var paid = bill.Paying(BillsAtTheTill.InParts(true), Cash(9_000));
        var money = new KnownSale((Session.Confirmed)paid.Session, 4);

        var one = paid.Bill.VoidLine(
            Rounds.Void(bill.Lines[0]) with { Quantity = 1 }, new KnownSale(round, 1), [money], Rounds.Rest,
            Sales.Later);
        var kept = one.Commit().Effects.OfType<Effect.KeepSession>()
            .Select(keep => (Session.Confirmed)keep.Session).ToList();
        var rest = (one.Bill with { Status = BillStatus.Open }).VoidLine(
            Rounds.Void(one.Bill.Lines[0]), new KnownSale(kept[0], 2), [new KnownSale(kept[1], 5)], Id(698),
            Sales.Later);

        Assert.Equal(new Money(3_500), one.Bill.Payments[0].GivenBack);
        Assert.Equal(new Money(7_500), rest.Bill.Payments[0].GivenBack);
        Assert.Equal((new Money(1_500), new Money(1_500)), (rest.Bill.Total, rest.Bill.Paid));
    }

    [Theory]
    [InlineData("05", true)]
    [InlineData("1234567890123456", true)]
    [InlineData("12345678901234567", false)]
    public void A_table_s_number_has_at_most_16_characters(string number, bool accepted) =>
        Assert.Equal(accepted, new TransferBill(Cashier, number).Broken().Count == 0);
}
