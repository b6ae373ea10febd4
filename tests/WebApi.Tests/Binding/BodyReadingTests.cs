using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using static JikoXpress.WebApi.Tests.Binding.Bodies;

namespace JikoXpress.WebApi.Tests.Binding;

/// <summary>Bodies, read strictly into the records that document them.</summary>
public sealed class BodyReadingTests
{
    private const string Id = "018f5a3e-7c1b-7d2e-9f00-0123456789ab";

    [Fact]
    public void Members_are_read_as_they_were_sent()
    {
        var body = Body($$"""
            {"channel":"TABLE_QR","id":"{{Id}}","quantity":3,"amount":5000,"flag":false,"latitude":-8.9,"tag":"John",
             "items":[{"n":1},{"n":2}],"address":{"street":"Lumumba St"},"nothing":null}
            """);
        var read = body.As<Everything>();

        Assert.Equal(Channel.TableQr, read.Channel);
        Assert.Equal(new Guid(Id), read.Id);
        Assert.Equal(3, read.Quantity);
        Assert.Equal(new Money(5000), read.Amount);
        Assert.False(read.Flag);
        Assert.Equal(-8.9, read.Latitude);
        Assert.Equal("John", read.Tag);
        Assert.Equal(["1", "2"], read.Items!.Select(item => item.N.ToString()));
        Assert.Equal("Lumumba St", read.Address?.Street);
        Assert.Null(read.Nothing);
        Assert.Null(read.Absent);
        Assert.Null(body.Malformed);
        Assert.Null(body.Broken());
    }

    [Theory]
    [InlineData("2026-04-30T18:00:00Z")]
    [InlineData("2026-04-30T21:00:00+03:00")]
    [InlineData("2026-04-30T18:00:00.000Z")]
    public void A_moment_is_read_as_that_of_UTC(string value)
    {
        var body = Body($$"""{"at":"{{value}}"}""");
        var read = body.As<WithMoment>();

        Assert.Null(body.Malformed);
        Assert.Equal(
            (new DateTimeOffset(2026, 4, 30, 18, 0, 0, TimeSpan.Zero), TimeSpan.Zero), (read.At, read.At.Offset));
    }

    [Theory]
    [InlineData("2026-04-30T18:00:00")]
    [InlineData("2026-04-30")]
    [InlineData("2026-04-30 18:00:00Z")]
    [InlineData("2026-04-31T18:00:00Z")]
    [InlineData("Z")]
    public void A_moment_has_its_offset(string value)
    {
        var body = Body($$"""{"at":"{{value}}"}""");
        body.As<WithMoment>();

        Assert.Equal(["/at invalid-type"], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("\"DRONE\"")]
    [InlineData("\"\"")]
    [InlineData("\"pos\"")]
    [InlineData("\"Pos\"")]
    [InlineData("\"POS \"")]
    [InlineData("\"PОS\"")]
    [InlineData("1")]
    [InlineData("99")]
    [InlineData("true")]
    [InlineData("[\"POS\"]")]
    public void A_word_is_one_of_the_words_exactly(string value)
    {
        var body = Body($$"""{"channel":{{value}}}""");
        body.As<WithChannel>();

        Assert.Equal(["/channel invalid-type"], Listed(body.Malformed));
        Assert.Contains("POS, KIOSK, TABLE_QR, APP, WHATSAPP", body.Malformed?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9e18")]
    [InlineData("5e3")]
    [InlineData("5000.0")]
    [InlineData("5000.5")]
    [InlineData("\"5000\"")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Money_is_written_in_digits(string value)
    {
        var body = Body($$"""{"amount":{{value}}}""");
        body.As<WithAmount>();

        Assert.Equal(["/amount invalid-type"], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("99999999999999999999999999", long.MaxValue)]
    [InlineData("-99999999999999999999999999", long.MinValue)]
    [InlineData("-5000", -5000)]
    [InlineData("-0", 0)]
    public void A_number_of_any_size_is_read_for_the_rules_to_refuse(string value, long shillings)
    {
        var body = Body($$"""{"amount":{{value}}}""");

        Assert.Equal(new Money(shillings), body.As<WithAmount>().Amount);
        Assert.Null(body.Malformed);
    }

    [Theory]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("-2147483649", int.MinValue)]
    public void A_quantity_beyond_its_type_is_the_nearest_within(string value, int quantity) =>
        Assert.Equal(quantity, Body($$"""{"quantity":{{value}}}""").As<WithQuantity>().Quantity);

    [Theory]
    [InlineData("\"018f5a3e7c1b7d2e9f000123456789ab\"")]
    [InlineData("\"{018f5a3e-7c1b-7d2e-9f00-0123456789ab}\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("\" 018f5a3e-7c1b-7d2e-9f00-0123456789ab\"")]
    [InlineData("\"uuid\"")]
    [InlineData("7")]
    public void An_id_is_a_uuid_as_it_is_usually_written(string value)
    {
        var body = Body($$"""{"menuId":{{value}}}""");
        body.As<WithId>();

        Assert.Equal(["/menuId invalid-type"], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"-8.9\"")]
    public void A_coordinate_is_a_finite_number(string value)
    {
        var body = Body($$"""{"latitude":{{value}}}""");
        body.As<WithLatitude>();

        Assert.Equal(["/latitude invalid-type"], Listed(body.Malformed));
    }

    [Fact]
    public void Null_is_absent_in_an_object_and_wrong_in_a_list()
    {
        var body = Body("""{"tag":null,"items":[{"n":1},null,[]]}""");
        var read = body.As<WithLines>();

        Assert.Null(read.Tag);
        Assert.Equal(["/items/1 invalid-type", "/items/2 invalid-type"], Listed(body.Malformed));
    }

    [Fact]
    public void Everything_that_is_wrong_comes_in_one_answer()
    {
        var body = Body("""{"channel":"pos","items":[{"menuId":"x","quantity":1.5},{"menuId":7,"quantity":"2"}]}""");
        body.As<WithItems>();

        Assert.Equal(
            ["/channel invalid-type", "/items/0/menuId invalid-type", "/items/0/quantity invalid-type",
             "/items/1/menuId invalid-type", "/items/1/quantity invalid-type"],
            Listed(body.Malformed));
    }

    [Fact]
    public void What_nobody_asked_for_is_refused_wherever_it_stands()
    {
        var body = Body("""
            {"Amount":1,"staffId":"x","accountId":"y","kitchenId":"z","status":"CONFIRMED","a/b~c":0,
             "items":[{"price":0}]}
            """);
        body.As<WithNothings>();
        var problem = body.Broken();

        Assert.Equal(422, problem?.Status);
        Assert.Equal(
            ["/Amount unknown-field", "/staffId resolved-field-not-accepted", "/accountId resolved-field-not-accepted",
             "/kitchenId resolved-field-not-accepted", "/status unknown-field", "/a~1b~0c unknown-field",
             "/items/0/price unknown-field"],
            Listed(problem));
    }

    [Fact]
    public void A_member_that_is_null_is_absent_whichever_it_is()
    {
        var body = Body("""{"kitchenId":null,"nothing":null,"items":[{"price":null}]}""");
        body.As<WithNothings>();

        Assert.Null(body.Broken());
    }

    [Fact]
    public void What_the_domain_finds_comes_with_what_the_edge_finds()
    {
        var body = Body("""{"items":[{}],"price":1}""");
        body.As<WithOnlyItems>();
        var found = new Refusal(RefusalStage.Rules, "table-required", "A table.", "/tableNumber");

        Assert.Equal(
            ["/items/0/menuId field-required", "/items/0/quantity field-required", "/price unknown-field",
             "/tableNumber table-required"],
            Listed(body.Broken(() => [found])));
    }

    [Fact]
    public void Without_its_leading_words_a_request_is_not_held_against_the_domain()
    {
        var body = Body("{}");
        body.As<WithChannel>();

        Assert.Equal(["/channel field-required"], Listed(body.Broken(() => throw new InvalidOperationException())));
    }

    [Fact]
    public void A_request_without_fault_is_left_to_the_domain_where_the_command_goes()
    {
        var body = Body("{}");

        Assert.Null(body.Broken(() => throw new InvalidOperationException()));
    }

    [Fact]
    public void About_a_member_that_is_missing_the_domain_is_not_heard()
    {
        var body = Body("""{"quantity":0}""");
        body.As<Needed>();
        Sequence<Refusal> found =
        [
            new Refusal(RefusalStage.Rules, "phone-invalid", "The placeholder is none.", "/phone"),
            new Refusal(RefusalStage.Rules, "quantity-out-of-range", "At least 1.", "/quantity"),
        ];

        Assert.Equal(
            ["/phone field-required", "/place field-required", "/quantity quantity-out-of-range"],
            Listed(body.Broken(() => found)));
    }

    [Fact]
    public void What_is_wrong_comes_in_the_order_of_the_document_and_strangers_come_last()
    {
        var body = Body("""{"x":1,"items":[{"y":1,"menuId":"x"},{}],"place":{"z":1}}""");
        body.As<Ordered>();

        Assert.Equal(["/items/0/menuId invalid-type"], Listed(body.Malformed));
        Assert.Equal(
            ["/items/0/quantity field-required", "/items/1/menuId field-required", "/items/1/quantity field-required",
             "/place/street field-required", "/name field-required", "/x unknown-field", "/items/0/y unknown-field",
             "/place/z unknown-field"],
            Listed(body.Broken()));
    }

    [Theory]
    [InlineData("POS", "resolved-field-not-accepted")]
    [InlineData("APP", null)]
    public void A_member_that_the_token_of_a_channel_determines_is_not_taken_on_it(string channel, string? code)
    {
        var body = Body($$"""{"kitchenId":"{{Id}}","channel":"{{channel}}"}""");
        var read = body.As<WithKitchen>();

        Assert.Equal(code is null ? new Guid(Id) : null, read.KitchenId);
        Assert.Equal(code, body.Broken()?.Code);
        Assert.Null(body.Malformed);
    }

    [Fact]
    public void What_is_not_taken_is_not_held_against_its_type()
    {
        var body = Body("""{"a":1,"kitchenId":"here","channel":"POS","b":1}""");
        body.As<WithKitchen>();

        Assert.Null(body.Malformed);
        Assert.Equal(
            ["/a unknown-field", "/kitchenId resolved-field-not-accepted", "/b unknown-field"], Listed(body.Broken()));
    }

    [Theory]
    [InlineData("0", "number-out-of-range")]
    [InlineData("1", null)]
    [InlineData("500", null)]
    [InlineData("501", "number-out-of-range")]
    [InlineData("99999999999999", "number-out-of-range")]
    public void A_limit_with_a_code_is_held_by_the_reader(string value, string? code)
    {
        var body = Body($$"""{"number":{{value}}}""");
        body.As<WithLimit>();

        Assert.Equal(code, body.Broken()?.Code);
    }

    [Theory]
    [InlineData("04:00", null)]
    [InlineData("23:59", null)]
    [InlineData("24:00", "invalid-type")]
    [InlineData("4:00", "invalid-type")]
    [InlineData("04:00:30", "invalid-type")]
    [InlineData("04:00 ", "invalid-type")]
    public void A_time_of_day_has_hours_and_minutes(string value, string? code)
    {
        var body = Body($$"""{"at":"{{value}}"}""");
        body.As<WithTime>();

        Assert.Equal(code, body.Malformed?.Code);
    }

    [Fact]
    public void A_list_that_must_be_there_is_empty_where_it_is_missing_for_the_rules_to_refuse()
    {
        var body = Body("{}");
        var read = body.As<WithIds>();

        Assert.Empty(read.Ids);
        Assert.Null(body.Broken());
    }

    [Fact]
    public void Each_wrong_value_of_a_list_is_named()
    {
        var body = Body($$"""{"ids":["{{Id}}","x",null,7]}""");
        body.As<WithIds>();

        Assert.Equal(["/ids/1 invalid-type", "/ids/2 invalid-type", "/ids/3 invalid-type"], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("""{"ids":{}}""", "/ids invalid-type")]
    [InlineData("""{"ids":"x"}""", "/ids invalid-type")]
    public void A_list_is_a_list(string json, string wrong)
    {
        var body = Body(json);
        body.As<WithIds>();

        Assert.Equal([wrong], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("true")]
    [InlineData(null)]
    public void A_flag_is_true_or_false(string? text)
    {
        var body = Body(text is null ? """{"flag":0}""" : $$"""{"flag":"{{text}}"}""");
        body.As<WithFlag>();

        Assert.Equal(["/flag invalid-type"], Listed(body.Malformed));
    }

    [Fact]
    public void Names_with_escapes_are_the_same_names()
    {
        var body = Body("""{"\u0066lag":true}""");

        Assert.True(body.As<WithFlag>().Flag);
        Assert.Null(body.Broken());
    }

    private sealed record Everything(
        Channel Channel, Guid Id, int Quantity, Money Amount, bool? Flag, double? Latitude, string? Tag,
        IReadOnlyList<Line>? Items, Place? Address, Guid? Nothing, Channel? Absent);

    private sealed record WithMoment(DateTimeOffset At);

    private sealed record WithChannel(Channel Channel);

    private sealed record WithAmount(Money Amount);

    private sealed record WithQuantity(int Quantity);

    private sealed record WithId(Guid? MenuId);

    private sealed record WithLatitude(double? Latitude);

    private sealed record WithLines(IReadOnlyList<Line>? Items, string? Tag);

    private sealed record WithItems(Channel Channel, IReadOnlyList<Item>? Items);

    private sealed record WithOnlyItems(IReadOnlyList<Item>? Items);

    private sealed record WithNothings(IReadOnlyList<Empty>? Items);

    private sealed record Ordered(IReadOnlyList<Item> Items, Place? Place, string Name);

    private sealed record WithKitchen([NotTakenOn(Channel.Pos)] Guid? KitchenId, Channel Channel);

    private sealed record WithLimit([RefusedBeyond(1, 500, "number-out-of-range")] int Number);

    private sealed record WithTime(TimeOnly? At);

    private sealed record WithIds(IReadOnlyList<Guid> Ids);

    private sealed record WithFlag(bool Flag);

    private sealed record Needed(string Phone, Place Place, int Quantity);

    private sealed record Line(int? N);

    private sealed record Item(Guid MenuId, int Quantity);

    private sealed record Place(string Street);

    private sealed record Empty;
}
