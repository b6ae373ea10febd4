using System.Text.Json.Nodes;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Http;

namespace JikoXpress.WebApi.Tests.Problems;

public sealed class ProblemTests
{
    private static readonly Guid Pilau = new("018f0000-0000-7000-8000-00000000000b");

    [Theory]
    [InlineData(RefusalStage.Rules, 422)]
    [InlineData(RefusalStage.NotThere, 404)]
    [InlineData(RefusalStage.Gone, 410)]
    [InlineData(RefusalStage.State, 409)]
    [InlineData(RefusalStage.Busy, 503)]
    public void The_stage_of_a_refusal_is_its_status(RefusalStage stage, int status)
    {
        var problem = Problem.Of(new Refusal(stage, "some-code", "Some sentence."));

        Assert.Equal((status, "some-code", "Some sentence."), (problem.Status, problem.Code, problem.Detail));
        Assert.Equal(stage is RefusalStage.Busy, problem.RetryAfter is not null);
    }

    [Fact]
    public void The_first_refusal_answers_with_all_of_its_stage()
    {
        var problem = Problem.Of(
        [
            new Refusal(RefusalStage.Rules, "table-required", "A table.", "/tableNumber"),
            new Refusal(RefusalStage.State, "not-a-slip", "No slip."),
            new Refusal(RefusalStage.Rules, "items-required", "Items.", "/items"),
        ]);

        Assert.Equal(["table-required", "items-required"], problem.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task A_problem_is_written_with_its_figures_as_numbers()
    {
        var refusal = SessionRefusals.PaymentsTotalMismatch(new Money(5000), new Money(4999));

        var (http, json) = await Written(Problem.Of(refusal));

        Assert.Equal("application/problem+json", http.Response.ContentType);
        Assert.Equal(422, http.Response.StatusCode);
        Assert.Equal("/problems/payments-total-mismatch", (string?)json["type"]);
        Assert.Equal("Payments total mismatch", (string?)json["title"]);
        Assert.Equal(422, (int?)json["status"]);
        Assert.Equal(5000, (int?)json["expectedTotal"]);
        Assert.Equal(4999, (int?)json["receivedTotal"]);
        Assert.Equal("/payments", (string?)json["errors"]?[0]?["pointer"]);
        Assert.Equal(refusal.Sentence, (string?)json["errors"]?[0]?["message"]);
        Assert.NotEmpty((string?)json["traceId"] ?? "");
        Assert.Null(json["shortages"]);
    }

    [Fact]
    public async Task A_state_that_refuses_is_told_beside_the_status_of_http()
    {
        var (_, json) = await Written(Problem.Of(SessionRefusals.SessionNotPending(SessionStatus.Expired)));

        Assert.Equal((409, "EXPIRED"), ((int?)json["status"], (string?)json["sessionStatus"]));
    }

    [Fact]
    public async Task Shortages_are_listed()
    {
        var (_, json) = await Written(Problem.Of(SessionRefusals.InsufficientStock([new StockShortage(Pilau, 3, 2)])));

        Assert.Equal(
            $$"""[{"menuId":"{{Pilau}}","requested":3,"available":2}]""", json["shortages"]?.ToJsonString());
    }

    [Fact]
    public async Task A_request_that_may_succeed_later_is_told_when_to_try()
    {
        var (http, _) = await Written(FrameworkProblems.StoreUnreachable);

        Assert.Equal("2", http.Response.Headers.RetryAfter);
    }

    private static async Task<(HttpContext Http, JsonNode Json)> Written(Problem problem)
    {
        var http = new DefaultHttpContext();
        var body = new MemoryStream();
        http.Response.Body = body;
        await problem.ExecuteAsync(http);
        return (http, JsonNode.Parse(body.ToArray()) ?? throw new InvalidOperationException("There is no JSON."));
    }
}
