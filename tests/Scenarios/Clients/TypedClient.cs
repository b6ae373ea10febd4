using JikoXpress.Client;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Clients;

/// <summary>JikoXpress.Client against the product: on good days, and when answers are lost.</summary>
public sealed class TypedClient(Restaurant restaurant) : ClientScenario(restaurant)
{
    [Fact]
    public async Task A_sale_whose_answer_was_lost_is_made_once()
    {
        using var transport = new LosesAnswers(1);
        using var till = Of(Till, transport);

        var sale = await till.Open(Sale(reference: "lost"), cancellation: Patience);

        Assert.Equal(SessionStatus.CONFIRMED, sale.Status);
        Assert.Equal(2, transport.Sent);
        var made = await till.Api.ListCheckoutSessionsAsync(clientReference: "lost", cancellationToken: Patience);
        Assert.Equal(sale.Id, Assert.Single(made.Data).Id);
    }

    [Fact]
    public async Task A_command_without_a_key_is_not_sent_again()
    {
        using var transport = new LosesAnswers(1);
        using var till = Of(Till, transport);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => till.Api.OpenCheckoutSessionAsync(Sale(reference: "unkeyed"), cancellationToken: Patience));

        Assert.Equal(1, transport.Sent);
    }

    [Fact]
    public async Task The_callers_own_key_makes_one_sale_of_two_calls()
    {
        using var till = Of(Till);

        var first = await till.Open(Sale(), "till-1-000042", Patience);
        var again = await till.Open(Sale(), "till-1-000042", Patience);

        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task A_refusal_is_thrown_with_its_code_and_not_sent_again()
    {
        using var transport = new LosesAnswers(0);
        using var till = Of(Till, transport);
        var sale = Sale();
        sale.Payments = [new PaymentBody { PaymentMethod = PaymentMethod.CASH, Amount = 4999 }];

        var refused = await Assert.ThrowsAsync<JikoXpressException<Problem>>(
            () => till.Open(sale, cancellation: Patience));

        Assert.Equal(422, refused.StatusCode);
        Assert.Equal("payments-total-mismatch", refused.Result.Code);
        Assert.Equal(5000, refused.Result.ExpectedTotal);
        Assert.Equal(1, transport.Sent);
    }

    [Fact]
    public async Task A_kiosk_that_waits_hears_that_its_slip_was_paid()
    {
        using var kiosk = Of(Kiosk);
        using var till = Of(Till);
        var slip = await kiosk.Open(Slip(), cancellation: Patience);

        var final = kiosk.Final(slip.Id, Patience);
        await till.ConfirmSlip(slip.Id, Paid(), cancellation: Patience);

        Assert.Equal(SessionStatus.CONFIRMED, (await final).Status);
    }

    [Fact]
    public async Task A_session_is_followed_to_its_end()
    {
        using var kiosk = Of(Kiosk);
        var slip = await kiosk.Open(Slip(), cancellation: Patience);
        var seen = new List<SessionStatus>();

        await foreach (var session in kiosk.Follow(slip.Id, Patience))
        {
            seen.Add(session.Status);
            if (seen.Count is 1) await kiosk.Cancel(slip.Id, cancellation: Patience);
        }

        Assert.Equal(SessionStatus.PENDING_PAYMENT, seen[0]);
        Assert.Equal(SessionStatus.CANCELLED, seen[^1]);
    }

    /// <summary>The connection breaks after every event, and no ticket is missed or told twice.</summary>
    [Fact]
    public async Task A_stream_of_tickets_goes_on_where_it_broke()
    {
        using var till = Of(Till);
        using var screen = Of(Kitchen.Cook);
        var tickets = await screen.Api.ListTicketsAsync(Kitchen.Id, cancellationToken: Patience);
        string? place = $"{tickets.LastEventId}";
        var sold = new List<Guid>();
        for (var sale = 0; sale < 3; sale++) sold.Add((await till.Open(Sale(), cancellation: Patience)).OrderId!.Value);

        var told = new List<Guid>();
        while (!sold.All(told.Contains))
        {
            await foreach (var change in screen.FollowTickets(Kitchen.Id, place, Patience))
            {
                place = change.Id;
                told.Add(change.As<Ticket>().Id);
                break;
            }
        }

        Assert.Equal(told.Count, told.Distinct().Count());
    }

    /// <summary>Hands each request to the product; the first answers never reach the caller.</summary>
    private sealed class LosesAnswers(int count) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int sent;

        public int Sent => sent;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Post || Interlocked.Increment(ref sent) > count) return response;
            response.Dispose();
            throw new HttpRequestException("The line was cut.");
        }
    }
}
