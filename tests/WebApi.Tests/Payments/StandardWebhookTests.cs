using JikoXpress.Domain.Webhooks;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Tests.Payments;

public sealed class StandardWebhookTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void A_webhook_is_signed_with_the_key_that_its_secret_holds_in_base64()
    {
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Sign(Secret));
        Assert.True(Webhook(Sign(Secret)).IsSignedWith(Secret, At));
    }

    [Fact]
    public void A_secret_without_the_prefix_is_the_key_itself_as_it_always_was()
    {
        const string Plain = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        Assert.Equal("v1,ELhqG0Ku1gwOc1f4jyKdp3SFGFLAOdJ9bvpWLciCakI=", Sign(Plain));
        Assert.False(Webhook(Sign(Plain)).IsSignedWith(Secret, At));
    }

    [Theory]
    [InlineData(Secret, true)]
    [InlineData("whsec_no base64!", false)]
    [InlineData("any other text, whatever it holds", true)]
    public void A_secret_in_the_form_of_the_standard_holds_base64(string secret, bool good) =>
        Assert.Equal(good, StandardWebhook.IsSecret(secret));

    private static string Sign(string secret) =>
        StandardWebhook.Sign(secret, Id, "1614265330", System.Text.Encoding.UTF8.GetBytes(Body));

    private static Webhook Webhook(string signature) => new(
        "POST", "localhost", "/webhooks",
        JikoXpress.Payments.Webhook.HeadersOf(
        [
            new(StandardWebhook.IdHeader, Id),
            new(StandardWebhook.TimestampHeader, "1614265330"),
            new(StandardWebhook.SignatureHeader, signature),
        ]),
        System.Text.Encoding.UTF8.GetBytes(Body));
}
