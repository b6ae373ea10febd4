using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Compares each day's list of an aggregator with the books, an hour after the business day. What differs is listed as
/// a payment exception; what the aggregator has and the books have not is asked about, so that it counts.
/// </summary>
public sealed class ReconciliationRounds(
    IReconciliations days, IAttempts attempts, Aggregators aggregators, PaymentExceptions exceptions,
    TimeProvider clock, ILogger<ReconciliationRounds> log)
{
    /// <summary>After so many tries an aggregator that gives no list is not asked for it any more: in a day.</summary>
    private const int MostTries = 20;

    /// <summary>So many days are made up for when all processes were down.</summary>
    private const int DaysBack = 7;

    private const int AtOnce = 4;

    /// <summary>Tanzania's time, all year. Days of lists are counted in it.</summary>
    private static readonly TimeSpan EastAfrica = TimeSpan.FromHours(3);

    /// <summary>A business day ends at 04:00, and payments begun then have an end an hour later.</summary>
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromHours(5);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromHours(1);

    private readonly BoundedRunner comparing = new(AtOnce, log);

    /// <summary>The day that was expected last, so that the rows are asked once a day and not at each look.</summary>
    private DateOnly expected;

    /// <summary>Does all work that is due now, and waits for it; true if there was any.</summary>
    public async Task<bool> Run()
    {
        var began = await Begin();
        await comparing.Ended();
        return began > 0;
    }

    public async Task<int> Begin()
    {
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime((now + EastAfrica - AfterMidnight).UtcDateTime).AddDays(-1);
        if (day != expected && aggregators.Where(terms => terms.Lists) is { Count: > 0 } listing)
        {
            await days.Expect(listing, [.. Enumerable.Range(0, DaysBack).Select(back => day.AddDays(-back))], now);
            expected = day;
        }

        return await comparing.Begin(async () => await days.Claim(clock.GetUtcNow(), Lease, AtOnce), Compare);
    }

    /// <summary>Waits until all started work has ended.</summary>
    public Task Ended() => comparing.Ended();

    private async Task Compare(ReconciliationWork work)
    {
        // The aggregator's clock and ours differ a little, and a payment at midnight may be in the list of either day.
        var listed = await aggregators.List(work.Adapter, work.Day.AddDays(-1), work.Day.AddDays(1));
        if (listed is null)
        {
            await days.TryAgain(work, work.Tries < MostTries ? clock.GetUtcNow() + BetweenTries : null);
            return;
        }

        var from = new DateTimeOffset(work.Day, TimeOnly.MinValue, EastAfrica);
        var until = from.AddDays(1);
        var settled = await days.Settled(
            work.Adapter, [.. listed.Select(payment => payment.Report.Reference).Distinct()]);
        var there = listed
            .Select(payment => payment with { Report = AsAssigned(payment.Report, settled) })
            .Where(payment => !settled.TryGetValue(payment.Report.Reference, out var other) || other is not null)
            .ToLookup(payment => payment.Report.Reference);
        var ofDay = there
            .Where(payments => payments.Any(payment => payment.At >= from && payment.At < until))
            .ToList();
        var paid = await days.Paid(work.Adapter, from, until);
        var here = await days.Received(
            work.Adapter, [.. ofDay.Select(payments => payments.Key).Union(paid)]);
        var counts = new Counts(work.Adapter, exceptions, attempts, clock.GetUtcNow());
        foreach (var payments in ofDay) await counts.Add(payments, here);
        foreach (var reference in paid.Where(reference => !there.Contains(reference)))
            await counts.NotListed(reference, here.GetValueOrDefault(reference));

        await days.Done(
            work,
            new ReconciliationFigures(
                ofDay.Sum(payments => payments.Count()),
                ofDay.SelectMany(payments => payments).Sum(payment => Counts.Amount(payment)), paid.Count,
                paid.Sum(reference => here.GetValueOrDefault(reference)), counts.MissingHere, counts.MissingThere,
                counts.Differing),
            clock.GetUtcNow());
    }

    /// <summary>Money that people have assigned to a payment counts as that payment's.</summary>
    private static PaymentReport AsAssigned(PaymentReport report, IReadOnlyDictionary<string, string?> settled) =>
        settled.GetValueOrDefault(report.Reference) is { } assigned ? report with { Reference = assigned } : report;

    private sealed class Counts(string adapter, PaymentExceptions exceptions, IAttempts attempts, DateTimeOffset now)
    {
        public int MissingHere { get; private set; }

        public int MissingThere { get; private set; }

        public int Differing { get; private set; }

        public static Money Amount(ListedPayment payment) => payment.Report.Amount ?? Money.Zero;

        public async Task Add(IGrouping<string, ListedPayment> payments, IReadOnlyDictionary<string, Money> here)
        {
            var there = payments.Sum(payment => Amount(payment));
            if (here.TryGetValue(payments.Key, out var received))
            {
                if (received == there) return;
                Differing++;
                await exceptions.Differs(adapter, payments.Key, received, there, now);
                return;
            }

            MissingHere++;
            if ((await attempts.Find(payments.Key))?.Adapter == adapter)
            {
                await attempts.LookSoon(payments.Key, now);
                return;
            }

            foreach (var payment in payments)
                await exceptions.NobodysMoney(adapter, payment.Report, now, isListed: true);
        }

        public Task NotListed(string reference, Money received)
        {
            MissingThere++;
            return exceptions.NotListed(adapter, reference, received, now);
        }
    }
}
