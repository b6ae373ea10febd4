using JikoXpress.Domain;
using static JikoXpress.WebApi.Tests.Binding.Bodies;

namespace JikoXpress.WebApi.Tests.Binding;

public sealed class BodyObjectTests
{
    private const string Id = "018f5a3e-7c1b-7d2e-9f00-0123456789ab";

    [Fact]
    public void Members_are_read_as_they_were_sent()
    {
        var body = Body($$"""
            {"channel":"TABLE_QR","id":"{{Id}}","quantity":3,"amount":5000,"flag":false,"latitude":-8.9,"tag":"John",
             "items":[{"n":1},{"n":2}],"address":{"street":"Lumumba St"},"nothing":null}
            """);
        var root = body.Root;

        Assert.Equal(Channel.TableQr, root.Required<Channel>("channel"));
        Assert.Equal(new Guid(Id), root.Id("id"));
        Assert.Equal(3, root.Integer("quantity"));
        Assert.Equal(new Money(5000), root.Money("amount"));
        Assert.False(root.Flag("flag"));
        Assert.Equal(-8.9, root.Number("latitude"));
        Assert.Equal("John", root.Text("tag"));
        Assert.Equal(["1", "2"], root.List("items", item => item.Integer("n").ToString())!);
        Assert.Equal("Lumumba St", root.Object("address", address => address.Text("street") ?? ""));
        Assert.Null(root.OptionalId("nothing"));
        Assert.Null(root.Optional<Channel>("absent"));
        Assert.Null(body.Malformed);
        Assert.Null(body.Broken());
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
        body.Root.Required<Channel>("channel");

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
        body.Root.Money("amount");

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

        Assert.Equal(new Money(shillings), body.Root.Money("amount"));
        Assert.Null(body.Malformed);
    }

    [Theory]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("-2147483649", int.MinValue)]
    public void A_quantity_beyond_its_type_is_the_nearest_within(string value, int quantity) =>
        Assert.Equal(quantity, Body($$"""{"quantity":{{value}}}""").Root.Integer("quantity"));

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
        body.Root.OptionalId("menuId");

        Assert.Equal(["/menuId invalid-type"], Listed(body.Malformed));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"-8.9\"")]
    public void A_coordinate_is_a_finite_number(string value)
    {
        var body = Body($$"""{"latitude":{{value}}}""");
        body.Root.Number("latitude");

        Assert.Equal(["/latitude invalid-type"], Listed(body.Malformed));
    }

    [Fact]
    public void Null_is_absent_in_an_object_and_wrong_in_a_list()
    {
        var body = Body("""{"tag":null,"items":[{"n":1},null,[]]}""");
        body.Root.List("items", item => new object());

        Assert.Null(body.Root.Text("tag"));
        Assert.Equal(["/items/1 invalid-type", "/items/2 invalid-type"], Listed(body.Malformed));
    }

    [Fact]
    public void Everything_that_is_wrong_comes_in_one_answer()
    {
        var body = Body("""{"channel":"pos","items":[{"menuId":"x","quantity":1.5},{"menuId":7,"quantity":"2"}]}""");
        body.Root.Required<Channel>("channel");
        body.Root.List("items", item => $"{item.Id("menuId")} {item.Integer("quantity")}");

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
        body.Root.List("items", item => new object());
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
        body.Root.List("items", item => new object());

        Assert.Null(body.Broken());
    }

    [Fact]
    public void What_the_domain_finds_comes_with_what_the_edge_finds()
    {
        var body = Body("""{"items":[{}],"price":1}""");
        body.Root.List("items", item => $"{item.Id("menuId")} {item.Integer("quantity")}");
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
        body.Root.Required<Channel>("channel");

        Assert.Equal(["/channel field-required"], Listed(body.Broken(() => throw new InvalidOperationException())));
    }

    [Fact]
    public void A_request_without_fault_is_left_to_the_domain_where_the_command_goes()
    {
        var body = Body("{}");

        Assert.Null(body.Broken(() => throw new InvalidOperationException()));
    }
}
