using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace JikoXpress.Baselines;

internal sealed record FlowWebhook(string Reference, string Status, long Amount, string Currency, Guid SessionId);

/// <summary>
/// Slips and pushes as row locks do them: a commit to open, and one to pay that locks the session's row, in as few
/// round trips as its answers allow.
/// </summary>
internal static class RowLockFlows
{
    private const string Reserve =
        "UPDATE stock SET reserved = reserved + $3 WHERE kitchen_id = $1 AND menu_id = $2 AND on_hand - reserved >= $3";

    private const string SellReserved =
        "UPDATE stock SET on_hand = on_hand - $3, reserved = reserved - $3 WHERE kitchen_id = $1 AND menu_id = $2";

    private const string LockSession = "SELECT state FROM session WHERE id = $1 FOR UPDATE";

    private const string Confirm = "UPDATE session SET version = version + 1, status = $2, state = $3 WHERE id = $1";

    private const string Keep =
        "INSERT INTO inbox (event_id, body, received_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1";

    public static void MapRowLockFlows(this IEndpointRouteBuilder routes, NpgsqlDataSource source, string aggregator)
    {
        var http = new HttpClient();

        routes.MapPost("/row-lock/open", async (SaleRequest request) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var sale = Sale.Of(request, now, status: "PENDING_PAYMENT");
            await Open(source, sale, now);
            if (sale.State.Payments is [{ Reference: { } reference } payment])
            {
                var push = new Push(reference, payment.PhoneNumber ?? "", payment.Amount, "TZS");
                using var answer = await http.PostAsJsonAsync(
                    new Uri($"{aggregator}/v1/collections"), push, BaselineJson.Default.Push);
                await answer.Content.ReadFromJsonAsync(BaselineJson.Default.PushAnswer);
            }

            return TypedResults.Created((string?)null, sale.State);
        });

        routes.MapPost("/row-lock/{id}/confirm", async (Guid id) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var paid = await Pay(connection, id, TimeProvider.System.GetUtcNow());
            await transaction.CommitAsync();
            return TypedResults.Ok(paid);
        });

        routes.MapPost("/row-lock/webhook", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var id = http.Request.Headers["webhook-id"].ToString();
            if (!IsGenuine(http.Request.Headers, id, body.ToArray())) return Results.Unauthorized();
            await Hear(source, id, body.ToArray());
            return Results.Ok();
        });
    }

    private static async Task Open(NpgsqlDataSource source, Sale sale, DateTimeOffset now)
    {
        await using var batch = source.CreateBatch();
        batch.Add(Statements.AddSession).Session(sale);
        foreach (var line in sale.State.Lines.OrderBy(line => line.MenuId)) batch.Add(Reserve).Sold(sale.State, line);
        if (sale.State.Payments is [{ Reference: not null }]) batch.Add(Statements.AddEvent).Event(sale.State, now);
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task Hear(NpgsqlDataSource source, string eventId, byte[] body)
    {
        var now = TimeProvider.System.GetUtcNow();
        var said = JsonSerializer.Deserialize(body, BaselineJson.Default.FlowWebhook)
            ?? throw new InvalidOperationException("A webhook says something.");
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var keep = new NpgsqlCommand(Keep, connection))
        {
            keep.Parameters.With(eventId).With(body).With(now);
            if (await keep.ExecuteScalarAsync() is not null) await Pay(connection, said.SessionId, now);
        }

        await transaction.CommitAsync();
    }

    private static async Task<SaleState> Pay(NpgsqlConnection connection, Guid id, DateTimeOffset now)
    {
        await using var read = new NpgsqlCommand(LockSession, connection);
        read.Parameters.With(id);
        var stored = JsonSerializer.Deserialize(
            (string)(await read.ExecuteScalarAsync())!, BaselineJson.Default.SaleState)!;
        SalePayment[] payments = [.. stored.Payments.Select(payment => payment with { Status = "PAID" })];
        var paid = Sale.Of(stored with { Status = "CONFIRMED", Payments = payments }, now);

        await using var batch = connection.CreateBatch();
        batch.Add(Confirm).With(id).With(paid.State.Status).With(paid.StateJson);
        batch.Add(Statements.AddOrder).Order(paid, now);
        batch.Add(Statements.AddEntry).Entry(paid.State, "DRAWER", paid.State.Total, now);
        batch.Add(Statements.AddEntry).Entry(paid.State, "SALES", -paid.State.Total, now);
        batch.Add(Statements.AddEvent).Event(paid.State, now);
        foreach (var line in paid.State.Lines.OrderBy(line => line.MenuId))
            batch.Add(SellReserved).Sold(paid.State, line);
        await batch.ExecuteNonQueryAsync();
        return paid.State;
    }

    private static bool IsGenuine(IHeaderDictionary headers, string id, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{headers["webhook-timestamp"]}."), .. body];
        var secret = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("BASELINE_SECRET") ?? "");
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(headers["webhook-signature"].ToString()));
    }
}
