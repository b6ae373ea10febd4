using System.Text;
using JikoXpress.Domain.Sessions.Payments;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Payments.Tests;

internal static class Samples
{
    public const string Reference = "JX7K3M9QZ2A4B6C8D0EF";

    public static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 9, 1, 10, 15, 41, TimeSpan.Zero));

    public static Webhook Hook(string body, params (string Name, string Value)[] headers) => new(
        "POST", "jiko.test", "/webhooks/payments/x/token",
        Webhook.HeadersOf(headers.Select(header => KeyValuePair.Create(header.Name, header.Value))),
        Encoding.UTF8.GetBytes(body));

    public static PaymentReport? Recall(this IMobileMoneyAdapter adapter, string body) =>
        adapter.Recall(Encoding.UTF8.GetBytes(body));
}
