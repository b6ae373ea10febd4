using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments.Vendors.AzamPay;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>AzamPay's signature over four fields, and how little it proves.</summary>
public sealed class AzamPayTests : IDisposable
{
    private const string Theirs = "5d1f0c7e9a";

    private readonly RSA key = RSA.Create(2048);

    [Fact]
    public void Four_fields_are_signed() => Assert.True(IsGenuine(Callback(), Reference + Theirs + "successMpesa"));

    [Fact]
    public void The_older_form_over_two_fields_is_not_taken() =>
        Assert.False(IsGenuine(Callback(), Reference + Theirs));

    [Fact]
    public void A_failure_cannot_be_made_a_success()
    {
        var callback = Callback();
        callback["transactionstatus"] = "failure";

        Assert.False(IsGenuine(callback, Reference + Theirs + "successMpesa"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(5)]
    public void Letters_moved_from_one_field_to_the_next_are_noticed_though_the_signature_fits(int moved)
    {
        var all = Reference + Theirs;
        var callback = Callback();
        callback["utilityref"] = all[..(Reference.Length + moved)];
        foreach (var field in (string[])["externalreference", "transid", "reference"])
            callback[field] = all[(Reference.Length + moved)..];

        Assert.False(IsGenuine(callback, all + "successMpesa"));
    }

    [Theory]
    [InlineData("transid")]
    [InlineData("reference")]
    public void Their_own_reference_is_the_same_wherever_it_stands(string field)
    {
        var callback = Callback();
        callback[field] = "another";

        Assert.False(IsGenuine(callback, Reference + Theirs + "successMpesa"));
    }

    [Fact]
    public void Without_a_signature_nothing_is_proven()
    {
        var callback = Callback();
        callback.Remove("signature");

        Assert.False(AzamPayAdapter.IsGenuine(JsonSerializer.SerializeToElement(callback), [key]));
    }

    [Theory]
    [InlineData("success", PaymentOutcome.Succeeded)]
    [InlineData("Failure", PaymentOutcome.Failed)]
    [InlineData("failed", PaymentOutcome.Failed)]
    [InlineData("CANCELLED", PaymentOutcome.Failed)]
    [InlineData("pending", PaymentOutcome.Pending)]
    [InlineData("in review", PaymentOutcome.Unknown)]
    public void Both_spellings_of_a_failure_are_known(string word, PaymentOutcome outcome)
    {
        var callback = Callback();
        callback["transactionstatus"] = word;
        using var adapter = new HttpClient();

        Assert.Equal(
            new PaymentReport(
                Reference, outcome, Proof.Partial, new Money(18_500), "TZS", Theirs, "success", "+255754000111", "a0c1",
                AmountSaid: "18500"),
            new AzamPayAdapter(
                new AzamPaySettings(
                    "azampay", LiveMode: false, new Uri("http://a.test"), new Uri("http://c.test"), "app", "id",
                    "secret", "key", "token"),
                adapter, Clock()).Recall(callback.ToJsonString()));
    }

    public void Dispose() => key.Dispose();

    private static JsonObject Callback() => new()
    {
        ["message"] = "success",
        ["transactionstatus"] = "success",
        ["operator"] = "Mpesa",
        ["reference"] = Theirs,
        ["externalreference"] = Theirs,
        ["utilityref"] = Reference,
        ["amount"] = "18500",
        ["transid"] = Theirs,
        ["msisdn"] = "255754000111",
        ["mnoreference"] = "a0c1",
    };

    private bool IsGenuine(JsonObject callback, string signed)
    {
        callback["signature"] = Convert.ToBase64String(key.SignData(
            Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return AzamPayAdapter.IsGenuine(JsonSerializer.SerializeToElement(callback), [key]);
    }
}
