using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;
using JikoXpress.Simulator.Vendors;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Payments;

public sealed class ClickPesaUnderAttack() : HostileCases("clickpesa");

public sealed class AzamPayUnderAttack() : HostileCases("azampay");

public sealed class SnippeUnderAttack() : HostileCases("snippe");

public sealed class PawaPayUnderAttack() : HostileCases("pawapay");

/// <summary>
/// What comes to an aggregator's webhook that no honest aggregator would send in that order, over HTTP and in its own
/// wire format. However each sale is attacked, both books say the same in the end, the guest has paid at most once, and
/// the kitchen has cooked once where the guest has paid and not at all otherwise.
/// </summary>
public abstract class HostileCases(string vendor) : IAsyncLifetime
{
    private const string Asked = "401", Taken = "200";

    /// <summary>
    /// The phones whose owner has paid and of which no webhook tells (037), who pays after ten minutes (036), and those
    /// with a fault of their own.
    /// </summary>
    private static IReadOnlyList<Case> All { get; } =
    [
        new("the same success twice", "037", Taken + Taken, "CONFIRMED", async hook =>
        {
            var paid = hook.Success();
            return [await hook.Send(paid), await hook.Send(paid)];
        }),
        new("the same success five times at once", "037", Taken + Taken + Taken + Taken + Taken, "CONFIRMED", async hook =>
        {
            var paid = hook.Success();
            return await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => hook.Send(paid)));
        }),
        new("a success before the push is answered", "031", "", "CONFIRMED", Nothing),
        new("success, then pending", "037", Taken + Taken, "CONFIRMED", async hook =>
            [await hook.Send(hook.Success()), await hook.Send(hook.Say("PENDING", amount: null))]),
        new("a failure, then success", "034", "", "FAILED", Nothing),
        new("success, then a failure", "035", "", "CONFIRMED", Nothing),
        new("success when the session is over", "036", "", "EXPIRED", Nothing),
        new("success without an amount", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", amount: null))]),
        new("an amount with cents", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.50"))]) { Only = ["clickpesa", "azampay"] },
        new("an amount with an exponent", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5e3"))]) { Only = ["clickpesa", "azampay"] },
        new("an amount below zero", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "-5000"))]) { Only = ["clickpesa", "azampay"] },
        new("an amount of thirty digits", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", new string('5', 30)))]) { Only = ["clickpesa", "azampay"] },
        new("an amount that nobody has signed", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "1.00"))]) { Only = ["azampay"] },
        new("letters moved between the signed fields", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Success(), body =>
            {
                var (ours, theirs) = (body["utilityref"]!.GetValue<string>(), body["externalreference"]!.GetValue<string>());
                body["utilityref"] = ours[..^1];
                foreach (var name in (string[])["externalreference", "reference", "transid"]) body[name] = ours[^1] + theirs;
            })]) { Only = ["azampay"] },
        new("a reference that is none of ours", "036", Taken, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", reference: hook.Unknown))]),
        new("such a reference, and not signed", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", reference: hook.Unknown, flaw: Flaw.BadSignature))]),
        new("a wrong signature, and it is paid", "044", "", "CONFIRMED", Nothing),
        new("a wrong signature, and it is not paid", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", flaw: Flaw.BadSignature))]),
        new("no signature", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", flaw: Flaw.NoSignature))]),
        new("an hour old", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", flaw: Flaw.StaleTime))]) { Only = ["snippe", "pawapay"] },
        new("the same bytes a day later", "047", "", "CONFIRMED", Nothing),
        new("another body with the same signature", "037", Asked, "CONFIRMED", async hook =>
            [await hook.Send(hook.Success(), body => body["more"] = "than was signed")])
            { Only = ["clickpesa", "snippe", "pawapay"] },
        new("a body of 65 KiB", "036", "413", "EXPIRED", async hook =>
            [await hook.Post(new string('7', 65 * 1024))]),
        new("nested a hundred deep", "036", Asked, "EXPIRED", async hook =>
            [await hook.Post(new string('[', 100) + new string(']', 100))]),
        new("compressed", "036", "415", "EXPIRED", async hook => [await hook.Post("{}", encoding: "gzip")]),
        new("a form", "036", "415", "EXPIRED", async hook =>
            [await hook.Post("status=SUCCESS", type: "application/x-www-form-urlencoded")]),
        new("null, a list, and a key twice", "036", Asked + Asked + Asked, "EXPIRED", async hook =>
            [await hook.Post("null"), await hook.Post("[]"), await hook.Post("""{ "a": 1, "a": 2 }""")]),
        new("fetched instead of sent", "036", "405405", "EXPIRED", async hook =>
            [await hook.Post("{}", method: HttpMethod.Get), await hook.Post("{}", method: HttpMethod.Put)]),
        new("from an address that it invents", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", flaw: Flaw.BadSignature), forwardedFor: "127.0.0.1")]),
        new("to another account's address", "036", Asked, "EXPIRED", async hook =>
            [await hook.Send(hook.Success(), account: "elsewhere")]),
        new("a word that nobody knows", "048", "", "CONFIRMED", Nothing),
        new("no webhook at all", "037", "", "CONFIRMED", Nothing),
        new("no webhook, and found at the third question", "038", "", "CONFIRMED", Nothing),
        new("paid by another phone than was rung", "037", Taken, "CONFIRMED", async hook =>
            [await hook.Send(hook.Say("SUCCESS", "5000.00", phone: "+255754999001"))]),
    ];

    private readonly MobileRestaurant mobile = new()
    {
        Vendor = vendor,
        // Nobody has paid what a webhook of nobody's reference tells of here: it must not be sent back.
        Otherwise = builder =>
            builder.Configuration.AddInMemoryCollection([new("JIKO_RETURN_UNCLAIMED", "0")]),
    };

    private Caller Kiosk => mobile.Restaurant.Kitchen.Kiosk;

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task Whatever_comes_the_guest_pays_once_or_not_at_all_and_both_books_agree()
    {
        var hooks = new List<(Case Case, Hook Hook)>();
        foreach (var hostile in All.Where(hostile => hostile.Only is not { } only || only.Contains(vendor)))
            hooks.Add((hostile, await Sale(mobile.Phone(hostile.Ending))));
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);

        foreach (var (hostile, hook) in hooks)
        {
            var answers = string.Concat(await hostile.Attack(hook));
            Assert.Equal((hostile.Name, hostile.Answers), (hostile.Name, answers));
        }

        await mobile.UntilQuiet();
        foreach (var pause in (int[])[20, 30, 45, 60, 60, 180, 600, 60, 24 * 3600]) await mobile.Pass(pause.Seconds);

        foreach (var (hostile, hook) in hooks)
        {
            var sale = await Kiosk.Get($"/checkout-sessions/{hook.Sale}").Is(200);
            Assert.Equal((hostile.Name, hostile.End), (hostile.Name, sale["status"]));
            var isSold = hostile.End is "CONFIRMED";
            Assert.Equal((hostile.Name, isSold ? 1 : 0), (hostile.Name, await Orders(hook.Sale)));
            // AzamPay pays nothing back: what it owes waits in the list of exceptions.
            var kept = isSold || (vendor is "azampay" && hostile.Ending is "034" or "036");
            Assert.Equal((hostile.Name, kept ? 5000 : 0), (hostile.Name, mobile.Spent(hook.Phone)));
        }

        await mobile.MustBalance();
    }

    private static Task<IReadOnlyList<int>> Nothing(Hook hook) => Task.FromResult<IReadOnlyList<int>>([]);

    private Task<long> Orders(Guid sale) => mobile.Restaurant.Database.Ask<long>(
        $"SELECT count(*) FROM jiko.customer_order WHERE session_id = '{sale}'");

    private async Task<Hook> Sale(string phone)
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        return new Hook(mobile, vendor, sale.Id, phone);
    }

    /// <param name="Answers">The statuses of what is sent, one after the other.</param>
    /// <param name="End">The status of the sale in the end.</param>
    private sealed record Case(
        string Name, string Ending, string Answers, string End, Func<Hook, Task<IReadOnlyList<int>>> Attack)
    {
        /// <summary>The aggregators that it can happen with; null for all.</summary>
        public IReadOnlyList<string>? Only { get; init; }
    }

    /// <summary>An aggregator's webhook, in the hands of somebody who has seen what it sends of one sale.</summary>
    private sealed class Hook(MobileRestaurant mobile, string vendor, Guid sale, string phone)
    {
        private readonly Dialect dialect = Dialect.All.First(dialect => dialect.Name == vendor);

        public Guid Sale => sale;

        public string Phone => phone;

        /// <summary>In the form of a reference of ours.</summary>
        public string Unknown => vendor is "pawapay" ? $"{Guid.NewGuid()}" : "JX999999999999999999";

        private CollectionWord Word => mobile.Aggregator.WordOf(phone)
            ?? throw new InvalidOperationException("The phone was not rung.");

        public Event Success() => Say("SUCCESS", "5000.00");

        public Event Say(
            string status, string? amount, string? reference = null, string? phone = null, Flaw flaw = Flaw.None)
        {
            var word = Word;
            return mobile.Deliveries.Write(
                dialect,
                word with
                {
                    Reference = reference ?? word.Reference,
                    // A payment that is not ours has an id of its own.
                    Id = reference is null ? word.Id : $"SIM{reference}",
                    Status = status,
                    Amount = amount,
                    Currency = "TZS",
                    Phone = phone ?? word.Phone,
                    Reason = null,
                },
                flaw);
        }

        /// <param name="change">What is changed in the body after it was signed.</param>
        public Task<int> Send(
            Event item, Action<JsonObject>? change = null, string? forwardedFor = null, string? account = null)
        {
            var body = item.Message.Body;
            if (change is not null)
            {
                var altered = JsonNode.Parse(body)!.AsObject();
                change(altered);
                body = Encoding.UTF8.GetBytes(altered.ToJsonString());
            }

            var path = account is null ? item.Path : item.Path.Replace($"/{vendor}/", $"/{account}/", StringComparison.Ordinal);
            return Send(HttpMethod.Post, path, body, "application/json", encoding: null, [
                .. item.Message.Headers,
                .. forwardedFor is null ? Array.Empty<(string, string)>() : [("X-Forwarded-For", forwardedFor)],
            ]);
        }

        public Task<int> Post(
            string body, string type = "application/json", string? encoding = null, HttpMethod? method = null) => Send(
            method ?? HttpMethod.Post, Success().Path, Encoding.UTF8.GetBytes(body), type, encoding, []);

        private async Task<int> Send(
            HttpMethod method, string path, byte[] body, string type, string? encoding,
            IReadOnlyList<(string Name, string Value)> headers)
        {
            using var request = new HttpRequestMessage(method, path);
            if (method != HttpMethod.Get)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
            }

            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await mobile.Restaurant.Host.Http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }
}
