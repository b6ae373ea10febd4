using System.Globalization;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Payments;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Phones;

/// <summary>Carries webhooks to whichever host answers: signed by the aggregator, or by somebody who is not.</summary>
internal sealed class Postman(Aggregator phones, Universe world, Place place)
{
    public static readonly SimulatorSettings Settings = new(
        new Uri("http://simulator.test"), "known to both sides of the simulation");

    private const int Tries = 5;
    private const int TriesWhenInsisting = 150;
    private const string Stranger = "known to nobody but him who forges it";

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(10);

    private readonly List<Letter> sent = [];
    private readonly Dictionary<string, string> paid = [];
    private int lastEvent;

    /// <summary>The events that say, and truly, that a reference was paid in shillings.</summary>
    public IReadOnlyDictionary<string, string> Paid => paid;

    /// <summary>Tells what stands in the books now, perhaps more than once, as one event or as several.</summary>
    public void Tell(Collection collection, bool insist)
    {
        var letter = new Letter(NextEvent(collection), Body(collection));
        sent.Add(letter);
        place.Do(() => Carry(letter, insist));
        if (!world.Weather.Strikes(Fault.WebhookTwice)) return;
        for (var more = world.Dice.Between(1, 3); more > 0; more--)
        {
            var copy = world.Dice.Chance(0.5) ? letter : letter with { EventId = NextEvent(collection) };
            place.Do(() => Carry(copy, insist: false));
        }
    }

    /// <summary>One try to make the house believe what is not so, or to believe twice what is.</summary>
    public async Task Attack()
    {
        var now = place.Clock.GetUtcNow();
        var victim = phones.Collections.Count > 0 ? world.Dice.Pick([.. phones.Collections]) : null;
        var reference = victim?.Push.Reference ?? PaymentReference.Of(world.Dice.Bits(), world.Dice.Bits());
        var forged = Say(reference, "SIM-0", "SUCCESS", victim?.Push.Amount.Shillings ?? 1, "TZS");
        switch (world.Dice.Below(5))
        {
            case 0:
                await Deliver(Stranger, new Letter($"evt-forged-{++lastEvent}", forged), now, mayBeBelieved: false);
                break;
            case 1:
                var old = now - TimeSpan.FromMinutes(10);
                await Deliver(Settings.Secret, new Letter($"evt-old-{++lastEvent}", forged), old, mayBeBelieved: false);
                break;
            case 2 when sent.Count > 0:
                await Deliver(Settings.Secret, world.Dice.Pick(sent), now, mayBeBelieved: true);
                break;
            case 3 when sent.Count > 0:
                var altered = world.Dice.Pick(sent) with { Altered = forged };
                await Deliver(Settings.Secret, altered, now, mayBeBelieved: false);
                break;
            default:
                var stranger = PaymentReference.Of(world.Dice.Bits(), world.Dice.Bits());
                var orphan = new Letter($"evt-orphan-{++lastEvent}", Say(stranger, "SIM-0", "SUCCESS", 1, "TZS"));
                await Deliver(Settings.Secret, orphan, now, mayBeBelieved: true);
                break;
        }
    }

    private async Task Carry(Letter letter, bool insist)
    {
        await place.Delay(world.Weather.Strikes(Fault.WebhookLate)
            ? world.Dice.Between(TimeSpan.FromSeconds(10), Latest)
            : TimeSpan.FromMilliseconds(world.Dice.Below(1500)));
        var pause = TimeSpan.FromSeconds(5);
        for (var left = insist ? TriesWhenInsisting : Tries; left > 0; left--)
        {
            if (!world.Weather.Strikes(Fault.WebhookLost)
                && await Deliver(Settings.Secret, letter, place.Clock.GetUtcNow(), mayBeBelieved: true))
                return;
            await place.Delay(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> Deliver(string secret, Letter letter, DateTimeOffset signedAt, bool mayBeBelieved)
    {
        if (world.AnyHost() is not { } host) return false;
        var timestamp = signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var webhook = new Webhook(
            "POST", "jiko.test", "/webhooks/payments/simulator",
            Webhook.HeadersOf(
            [
                new(StandardWebhook.IdHeader, letter.EventId),
                new(StandardWebhook.TimestampHeader, timestamp),
                new(
                    StandardWebhook.SignatureHeader,
                    StandardWebhook.Sign(secret, letter.EventId, timestamp, letter.Body)),
            ]),
            letter.Altered ?? letter.Body);
        try
        {
            var believed = await host.Ask(() => host.Hear(Settings.Token, webhook)) is not null;
            if (believed && !mayBeBelieved)
                world.Fail("a webhook that nobody signed is refused", $"{letter.EventId} was believed");
            if (believed) world.Promises.Acknowledged(letter.EventId);
            else world.Census.WebhooksRefused++;
            return believed;
        }
        catch (Exception failure) when (Host.IsForeseen(failure))
        {
            return false;
        }
    }

    private string NextEvent(Collection collection)
    {
        var id = $"evt-{++lastEvent}";
        if (collection is { Outcome: PaymentOutcome.Succeeded, Currency: "TZS" })
            paid.Add(id, collection.Push.Reference);
        return id;
    }

    private static byte[] Body(Collection collection) => Say(
        collection.Push.Reference, collection.Id, collection.Outcome == PaymentOutcome.Succeeded ? "SUCCESS" : "FAILED",
        collection.Paid.Shillings, collection.Currency, collection.Push.PhoneNumber);

    private static byte[] Say(
        string reference, string id, string status, long amount, string currency, string? phone = null) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["reference"] = reference,
            ["id"] = id,
            ["status"] = status,
            ["amount"] = amount,
            ["currency"] = currency,
            ["phone"] = phone ?? "",
        }));

    /// <param name="Altered">What somebody made of the body after it was signed.</param>
    private sealed record Letter(string EventId, byte[] Body, byte[]? Altered = null);
}
