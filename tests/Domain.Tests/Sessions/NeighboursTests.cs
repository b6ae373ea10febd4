using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>On both sides of every line that the rules draw.</summary>
public sealed class NeighboursTests
{
    [Theory]
    [InlineData(int.MinValue, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(999, true)]
    [InlineData(1_000, false)]
    [InlineData(int.MaxValue, false)]
    public void A_quantity_is_1_to_999(int quantity, bool accepted) => Check(
        accepted, "quantity-out-of-range", "/items/0/quantity",
        AskForSlip with { Items = [new LineRequest(Pilau.Id, quantity)] });

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_session_has_at_most_100_lines(int lines, bool accepted) => Check(
        accepted, "too-many-items", "/items",
        AskForSlip with { Items = Enumerable.Repeat(new LineRequest(Chai.Id, 1), lines).ToSequence() });

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_session_has_at_most_10_payments(int payments, bool accepted) => Check(
        accepted, "too-many-payments", "/payments", PayNow([.. Enumerable.Repeat(Cash(1), payments)]));

    [Theory]
    [InlineData(long.MinValue, false)]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000_000_000_000, true)]
    [InlineData(1_000_000_000_001, false)]
    [InlineData(long.MaxValue, false)]
    public void An_amount_is_1_to_a_million_million(long amount, bool accepted)
    {
        Check(accepted, "amount-out-of-range", "/payments/0/amount", PayNow(Cash(amount)));
        Check(accepted, "amount-out-of-range", "/payments/1/amount", PayNow(Cash(1), Cash(amount)));
    }

    [Theory]
    [InlineData(7_999, false)]
    [InlineData(8_000, true)]
    [InlineData(8_001, false)]
    public void Payments_come_to_the_total(long paid, bool accepted)
    {
        Check(accepted, "payments-total-mismatch", "/payments", PayNow(Cash(paid)));
        Check(accepted, "payments-total-mismatch", "/payments", PayNow(Cash(3_000), Mobile(paid - 3_000)));
    }

    [Fact]
    public void A_mismatch_tells_both_sums()
    {
        var refusal = Assert.Single(Refusals(PayNow(Cash(7_999))));

        Assert.Equal(
            [new("expectedTotal", "8000", 8_000), new("receivedTotal", "7999", 7_999)], refusal.Details!);
    }

    [Theory]
    [InlineData(3_000, true)]
    [InlineData(3_001, false)]
    public void A_wallet_spends_what_it_holds_and_no_more(long spent, bool accepted)
    {
        Check(accepted, "insufficient-wallet-balance", "/payments/0", PayNow(Wallet(spent), Cash(8_000 - spent)));
        Check(
            accepted, "insufficient-wallet-balance", "/payments/1",
            PayNow(Cash(8_000 - spent), Wallet(1_000), Wallet(spent - 1_000)));
    }

    [Fact]
    public void Sums_beyond_all_bounds_are_refused_and_do_not_overflow()
    {
        var most = Enumerable.Repeat(Wallet(long.MaxValue), 40).ToArray();

        Check(false, "amount-out-of-range", "/payments/39/amount", PayNow(most));
        Assert.Equal("too-many-payments", Pay(Slip, PaySlip(most), Noon).Code());
    }

    [Theory]
    [InlineData(-90.0001, false)]
    [InlineData(-90, true)]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(90.0001, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.NegativeInfinity, false)]
    public void A_latitude_is_90_degrees_at_most(double degrees, bool accepted) => Check(
        accepted, "coordinate-out-of-range", "/deliveryAddress/latitude",
        OnWhatsapp with { DeliveryAddress = GreenGate with { Latitude = degrees } });

    [Theory]
    [InlineData(-180.0001, false)]
    [InlineData(-180, true)]
    [InlineData(180, true)]
    [InlineData(180.0001, false)]
    [InlineData(double.NaN, false)]
    public void A_longitude_is_180_degrees_at_most(double degrees, bool accepted) => Check(
        accepted, "coordinate-out-of-range", "/deliveryAddress/longitude",
        OnWhatsapp with { DeliveryAddress = GreenGate with { Longitude = degrees } });

    [Fact]
    public void An_address_needs_no_coordinates_and_no_notes() =>
        Assert.Empty(Refusals(OnWhatsapp with
        {
            DeliveryAddress = GreenGate with { Notes = null, Latitude = null, Longitude = null },
        }));

    [Fact]
    public void An_empty_list_of_payments_is_a_list_of_payments()
    {
        Check(false, "payments-not-allowed", "/payments", AskForSlip with { Payments = [] });
        Check(false, "payments-required", "/payments", PayNow());
    }

    [Fact]
    public void Only_the_app_has_a_cart()
    {
        Check(false, "cart-not-allowed", "/fromCart", PayNow(Cash(8_000)) with { FromCart = true });
        Check(true, "cart-not-allowed", "/fromCart", PayNow(Cash(8_000)) with { FromCart = false });
        Check(false, "items-required", "/items", PayNow(Cash(8_000)) with { FromCart = true, Items = null });
    }

    public static TheoryData<TextField> TextFields =>
    [
        new TextField("/tableNumber", 16, false, (ask, text) => ask with { TableNumber = text }),
        new TextField("/laneNumber", 16, false, (ask, text) => ask with { LaneNumber = text }),
        new TextField("/tag", 64, false, (ask, text) => ask with { Tag = text }),
        new TextField("/orderInstructions", 500, true, (ask, text) => ask with { OrderInstructions = text }),
        new TextField("/clientReference", 100, false, (ask, text) => ask with { ClientReference = text }),
        new TextField("/deliveryAddress/street", 200, false,
            (ask, text) => ask with { DeliveryAddress = GreenGate with { Street = text } }),
        new TextField("/deliveryAddress/area", 200, false,
            (ask, text) => ask with { DeliveryAddress = GreenGate with { Area = text } }),
        new TextField("/deliveryAddress/city", 200, false,
            (ask, text) => ask with { DeliveryAddress = GreenGate with { City = text } }),
        new TextField("/deliveryAddress/notes", 500, true,
            (ask, text) => ask with { DeliveryAddress = GreenGate with { Notes = text } }),
        new TextField("/items/0/itemInstructions", 500, true,
            (ask, text) => ask with { Items = [new(Pilau.Id, 2, text)] }),
        new TextField("/payments/0/provider", 32, false,
            (ask, text) => ask with { Payments = [Mobile(8_000) with { Provider = text }] }),
    ];

    [Theory, MemberData(nameof(TextFields))]
    public void A_text_is_one_character_to_its_longest(TextField field)
    {
        Check(false, "invalid-text", field.Pointer, field.Saying(""));
        Check(true, "invalid-text", field.Pointer, field.Saying("a"));
        Check(true, "invalid-text", field.Pointer, field.Saying(new string('a', field.Longest)));
        Check(false, "invalid-text", field.Pointer, field.Saying(new string('a', field.Longest + 1)));
    }

    [Theory, MemberData(nameof(TextFields))]
    public void A_text_has_no_control_characters_and_line_breaks_only_in_notes(TextField field)
    {
        Check(false, "invalid-text", field.Pointer, field.Saying("a\u001bb"));
        Check(field.LineBreaks, "invalid-text", field.Pointer, field.Saying("a\nb"));
    }

    [Theory, MemberData(nameof(TextFields))]
    public void A_text_holds_no_card_number(TextField field) =>
        Check(false, "card-data-not-accepted", field.Pointer, field.Saying("4222222222222"));

    private static void Check(bool accepted, string code, string pointer, OpenSession command)
    {
        var refused = Refusals(command).Any(refusal => (refusal.Code, refusal.Pointer) == (code, pointer));

        Assert.Equal(accepted, !refused);
    }

    private static Sequence<Refusal> Refusals(OpenSession command) => SessionQuotes.Price(command, Facts).Refusals;
}

/// <summary>A field that takes free text.</summary>
public sealed record TextField(string Pointer, int Longest, bool LineBreaks, Func<OpenSession, string, OpenSession> Set)
{
    public OpenSession Saying(string text) => Set(OnWhatsapp, text);

    public override string ToString() => Pointer;
}
