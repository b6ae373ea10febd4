using System.Net;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Tests.Payments;

/// <summary>What the simulator answers, and what of it is believed.</summary>
public sealed class SimulatorAdapterTests : IDisposable
{
    private const string Mine = "JX000000000000000001";
    private const string Another = "JX000000000000000002";

    private readonly Answering answering = new();
    private readonly HttpClient http;
    private readonly SimulatorAdapter adapter;

    public SimulatorAdapterTests()
    {
        http = new HttpClient(answering);
        adapter = new SimulatorAdapter(new SimulatorSettings(new Uri("http://simulator.test"), "secret"), http);
    }

    public void Dispose()
    {
        http.Dispose();
        answering.Dispose();
    }

    [Theory]
    [InlineData(Mine, PaymentOutcome.Succeeded)]
    [InlineData(Another, PaymentOutcome.Unknown)]
    [InlineData("jx000000000000000001", PaymentOutcome.Unknown)]
    public async Task An_answer_is_believed_about_the_reference_that_was_asked_for(
        string reference, PaymentOutcome outcome)
    {
        answering.Says(HttpStatusCode.OK, reference, "SUCCESS");

        var queried = await adapter.Query(new StatusQuery(Mine), CancellationToken.None);
        var pushed = await adapter.Push(new PushRequest(Mine, "+255754000111", new Money(8_000)), CancellationToken.None);

        Assert.Equal((Mine, outcome), (queried.Reference, queried.Outcome));
        Assert.Equal((Mine, outcome), (pushed.Reference, pushed.Outcome));
    }

    [Theory]
    [InlineData(Mine, RefundOutcome.Paid)]
    [InlineData(Another, RefundOutcome.Unknown)]
    public async Task A_refund_of_another_reference_is_no_refund_of_this_one(string reference, RefundOutcome outcome)
    {
        answering.Says(HttpStatusCode.OK, reference, "REFUNDED");

        Assert.Equal(
            outcome,
            await adapter.Refund(
                new RefundRequest(Mine, Another, "+255754000111", new Money(8_000)), CancellationToken.None));
    }

    // Only the push itself can be refused for good; to a question it says nothing about the money.
    [Fact]
    public async Task A_push_that_is_refused_has_failed_and_a_question_that_is_refused_is_open()
    {
        answering.Says(HttpStatusCode.UnprocessableEntity, Mine, "FAILED");

        Assert.Equal(
            PaymentOutcome.Failed,
            (await adapter.Push(
                new PushRequest(Mine, "+255754000111", new Money(8_000)), CancellationToken.None)).Outcome);
        Assert.Equal(PaymentOutcome.Unknown, (await adapter.Query(new StatusQuery(Mine), CancellationToken.None)).Outcome);
    }

    private sealed class Answering : HttpMessageHandler
    {
        private HttpStatusCode status;
        private string body = "";

        public void Says(HttpStatusCode with, string reference, string outcome) => (status, body) = (with, $$"""
            {
                "id": "SIM-1", "reference": "{{reference}}", "status": "{{outcome}}", "amount": 8000, "currency": "TZS",
                "reason": null, "phone": "+255754000111"
            }
            """);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}
