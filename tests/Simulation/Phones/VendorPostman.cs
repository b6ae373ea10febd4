using System.Text;
using System.Text.Json.Nodes;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;
using JikoXpress.Simulator;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// Carries an aggregator's webhooks to whichever host answers, signed anew for each try; and those of somebody who has
/// seen some of them.
/// </summary>
internal sealed class VendorPostman(Vendor vendor, Universe world, Place place, Dice dice)
{
    private const int Tries = 5;
    private const int TriesWhenInsisting = 150;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(6);

    private readonly List<Event> sent = [];
    private readonly Dictionary<string, string> told = [];
    private int forgeries;

    /// <summary>Events that say, and truly, that a reference was paid, by the product's names for them.</summary>
    public IReadOnlyDictionary<string, string> Told => told;

    /// <summary>The receipts of which the house was told, truly and with a signature.</summary>
    public HashSet<string> Proven { get; } = [];

    /// <summary>What the house was told that the network has taken back.</summary>
    public HashSet<string> Reversed { get; } = [];

    private Dialect Dialect => field ??= Dialect.All.Single(dialect => dialect.Name == vendor.Name);

    public void Take(Event item)
    {
        sent.Add(item);
        world.Do(place, () => Carry(item, Insists(item.News)));
        if (world.Weather.Strikes(Fault.WebhookTwice)) world.Do(place, () => Carry(item, insist: false));
        // Somebody on the way is faster.
        if (world.Weather.Strikes(Fault.Attack)) world.Do(place, () => Alter(item.Message));
    }

    /// <summary>One try to make the house believe what is not so.</summary>
    public async Task Attack()
    {
        var victims = vendor.Books.Collections;
        var victim = victims.Count > 0 ? dice.Pick([.. victims]) : null;
        var number = ++forgeries;
        var word = new CollectionWord(
            victim?.Push.Reference ?? Nobody(), victim?.Id ?? $"SIMF{number}", "SUCCESS",
            $"{victim?.Push.Amount ?? 1}.00", "TZS", null, victim?.Push.Phone, $"QKF{number}");
        var now = place.Clock.GetUtcNow();
        var news = new News($"evt_f{number}", now, Address(), word, Flaw.None);
        switch (dice.Below(8))
        {
            case 0:
                await Forge(Written(news with { Flaw = Flaw.BadSignature }), "signed by a stranger");
                break;
            case 1:
                await Forge(Written(news with { Flaw = Flaw.NoSignature }), "not signed");
                break;
            case 2 when vendor.SignsTime:
                await Forge(Written(news with { At = now - Old }), "old");
                break;
            case 3 when sent.Count > 0:
                var known = dice.Pick(sent);
                var isProof = known.News.Flaw is not (Flaw.BadSignature or Flaw.NoSignature)
                    && !(vendor.SignsTime && now - known.News.At >= Old);
                await Forge(known.Message, "repeated", mayBeBelieved: isProof);
                break;
            case 4 when sent.Count > 0:
                await Alter(dice.Pick(sent).Message);
                break;
            case 5:
                await Forge(Written(news), "to another path", token: "0123456789abcdef0123456789abcdef");
                break;
            case 6 when victim is not null && CountedReceipt(victim) is { } counted:
                await Forge(
                    Written(news with { Word = word with { Receipt = counted } }),
                    "with the receipt of another payment", mayBeBelieved: true);
                break;
            default:
                var orphan = news with { Word = word with { Reference = Nobody(), Id = $"SIMF{number}" } };
                await Forge(Written(orphan), "of nobody's money", mayBeBelieved: true);
                break;
        }
    }

    /// <summary>
    /// The receipt of another payment that an order has, of which the house has heard; AzamPay does not sign receipts.
    /// </summary>
    private string? CountedReceipt(Simulator.Collection victim) => vendor.Books.Collections
        .Where(other => vendor.Name is not "azampay" && other != victim && other.IsPaid)
        .Where(other => world.Database.Inbox.All(kept => kept.NextLookAt is null)
            && world.Database.Attempt(vendor.ReferenceOf(other.Push.Reference))?.State is AttemptStatus.Succeeded)
        .Select(other => other.Word().Receipt)
        .FirstOrDefault(receipt => receipt is not null && Proven.Contains(receipt));

    /// <summary>What cannot be asked about, or is not asked about any more, is told until it is heard.</summary>
    private bool Insists(News news) => news.Flaw is Flaw.None && news.Word.Status switch
    {
        "REVERSED" => true,
        "SUCCESS" => vendor.Name is not "clickpesa" || vendor.Books.Collections
            .First(known => known.Push.Reference == news.Word.Reference) is { } collection
            && (collection.Script.ChangesItsMind || collection.Id != news.Word.Id),
        _ => false,
    };

    private async Task Carry(Event item, bool insist)
    {
        await place.Delay(world.Weather.Strikes(Fault.WebhookLate)
            ? dice.Between(TimeSpan.FromSeconds(10), Latest)
            : TimeSpan.FromMilliseconds(dice.Below(1500)));
        var message = item.Message;
        var pause = TimeSpan.FromSeconds(5);
        for (var left = insist ? TriesWhenInsisting : Tries; left > 0; left--)
        {
            if (!world.Weather.Strikes(Fault.WebhookLost) && await Deliver(message, item.Path.Split('/')[^1]) is { } id)
            {
                Acknowledge(id, item.News, message);
                return;
            }

            await place.Delay(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            var age = item.News.Flaw is Flaw.StaleTime ? TimeSpan.FromHours(1) : TimeSpan.Zero;
            message = Written(item.News with { At = place.Clock.GetUtcNow() - age });
        }

        if (insist) world.Fail("an honest webhook is believed in the end", $"{item.Id} was told for hours");
    }

    private void Acknowledge(string eventId, News news, Message message)
    {
        // An event of the same name with other words in it was there before.
        if (eventId.Length == 0 || world.Database.Inbox.All(kept =>
            kept.EventId != eventId || !kept.Work.Body.AsSpan().SequenceEqual(message.Body)))
            return;
        if (news is not { Flaw: Flaw.None or Flaw.RepeatedNextDay, Word: { Receipt: { } receipt } word }) return;
        if (word.Status is "REVERSED") Reversed.Add(word.Reference);
        if (word.Status is not "SUCCESS") return;
        Proven.Add(receipt);
        if (vendor.Books.Collections.Any(known => known.Push.Reference == word.Reference && known.Id == word.Id))
            told[eventId] = vendor.ReferenceOf(word.Reference);
    }

    private Task Alter(Message message) =>
        Forge(Altered(message), "altered", mayBeBelieved: vendor.Name is "azampay");

    private async Task Forge(Message message, string what, bool mayBeBelieved = false, string? token = null)
    {
        world.Say(place, $"a webhook comes {what}");
        world.Census.Count($"webhooks {what}");
        var id = await Deliver(message, token ?? Dialect.TokenOf(vendor.Keys.Settings));
        if (id is not null && !mayBeBelieved)
            world.Fail("a webhook that nobody signed is refused", $"one {what} was believed");
    }

    /// <summary>The event's id; null when it was not taken.</summary>
    private async Task<string?> Deliver(Message message, string token)
    {
        if (world.AnyHost() is not { } host) return null;
        var webhook = new Webhook(
            "POST", "jiko.test", Address(token).AbsolutePath,
            Webhook.HeadersOf(
            [
                new("Content-Type", "application/json"),
                .. message.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)),
            ]),
            message.Body);
        try
        {
            var id = await host.Ask(() => host.Hear(token, webhook));
            if (id is { Length: > 0 }) world.Promises.Acknowledged(id);
            else if (id is null) world.Census.WebhooksRefused++;
            return id;
        }
        catch (Exception failure) when (Host.IsForeseen(failure))
        {
            return null;
        }
    }

    private Message Written(News news) => Dialect.Write(vendor.Keys, news);

    private Uri Address(string? token = null) => new(
        $"https://jiko.test/webhooks/payments/{vendor.Name}/{token ?? Dialect.TokenOf(vendor.Keys.Settings)}");

    private string Nobody() => vendor.KeyOf(PaymentReference.Of(dice.Bits(), dice.Bits()));

    /// <summary>What somebody makes of a webhook that was signed; AzamPay does not sign its amount.</summary>
    private Message Altered(Message message)
    {
        var body = JsonNode.Parse(message.Body)!.AsObject();
        body[vendor.Name is "azampay" ? "amount" : "more"] = $"{dice.Between(1, 9_999)}.00";
        return message with { Body = Encoding.UTF8.GetBytes(body.ToJsonString()) };
    }
}
