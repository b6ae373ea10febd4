using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Clients;
using JikoXpress.Chaos.Nemesis;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Report;
using Npgsql;

namespace JikoXpress.Chaos;

/// <summary>
/// One campaign: builds a house of real processes, lets clients trade in it while everything is broken by turns, waits
/// until it is quiet, and counts.
/// </summary>
internal sealed class Campaign(Orders orders, Action<string> say) : IAsyncDisposable
{
    private const int Kitchens = 2;
    private const int MostAskedAgain = 2_000;
    private const int MostLookedAt = 300;

    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(240);

    private readonly Dice dice = new(orders.Seed);
    private readonly Journal journal = new();
    private readonly Tally tally = new();
    private readonly Stopwatch clock = new();
    private House? house;

    public House House => house ?? throw new InvalidOperationException("Run comes first.");

    public Journal Journal => journal;

    public async Task<Outcome> Run(CancellationToken cancellation)
    {
        house = await House.Build(orders, dice.Fork());
        say($"PostgreSQL, {house.Hosts.Count} hosts and the phones are up; seed {orders.Seed}");
        using var api = new Api([.. house.Fronts.Select(front => front.Address)], journal);
        var kitchens = new List<Kitchen>();
        for (var number = 1; number <= Kitchens; number++)
            kitchens.Add(await Kitchen.Open($"Kitchen {number}", house.OperatorKey, api, journal, dice.Fork()));

        clock.Start();
        try
        {
            await Trade(kitchens, api, cancellation);
        }
        catch (NotReadyException wedged)
        {
            Violation[] violation = [new("hosts-recover", wedged.Message)];
            return new Outcome(orders, tally, journal, house.Webhooks.Tally, null, violation, [], clock.Elapsed);
        }

        say($"business is over after {clock.Elapsed.TotalSeconds:F0} s: {journal.Sales.Count} sessions");
        await Settle(cancellation);
        await AskAgain(api, cancellation);
        return await Judge(kitchens, api, cancellation);
    }

    /// <summary>What the checks look at, as it is now.</summary>
    public async Task<Evidence> Gather(NpgsqlConnection connection) =>
        new(journal, await Books.Read(connection), await House.Phones.Ledger(), House.Webhooks.Taken);

    public async ValueTask DisposeAsync()
    {
        if (house is not null) await house.DisposeAsync();
    }

    private async Task Trade(IReadOnlyList<Kitchen> kitchens, Api api, CancellationToken cancellation)
    {
        var closing = false;
        var guests = Enumerable.Range(1, orders.Guests)
            .Select(number => new Guest(
                number, kitchens, api, journal, dice.Fork(), () => orders.LastEnding - clock.Elapsed))
            .Select(guest => guest.TradeUntil(() => Volatile.Read(ref closing)))
            .ToList();
        try
        {
            var troublemaker = new Troublemaker(
                House.Site(journal), orders.Moment, orders.Absence, dice.Fork(), tally, say);
            var rounds = 0;
            do
            {
                await troublemaker.MakeTrouble(cancellation);
                say($"round {++rounds} after {clock.Elapsed.TotalSeconds:F0} s: {journal.Sales.Count} sessions, "
                    + $"{journal.Retries} retries, {House.Network.Orphans} half-open connections");
            }
            while (clock.Elapsed < orders.Length);
        }
        finally
        {
            Volatile.Write(ref closing, true);
            await Task.WhenAll(guests);
        }
    }

    /// <summary>Faults are over: guests decide, webhooks arrive, the clock ends what it has to end.</summary>
    private async Task Settle(CancellationToken cancellation)
    {
        House.Webhooks.MayDrop = false;
        await House.Phones.LetTenMinutesPass();
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < QuietWithin && !(House.Webhooks.IsQuiet && await IsQuiet()))
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
        say($"quiet after {waited.Elapsed.TotalSeconds:F0} s");
    }

    private async Task<bool> IsQuiet()
    {
        await using var connection = await Login();
        await using var command = new NpgsqlCommand("""
            SELECT NOT EXISTS (SELECT FROM jiko.checkout_session WHERE status = 'PENDING_PAYMENT')
                AND NOT EXISTS (SELECT FROM jiko.payment_inbox_waiting)
                AND NOT EXISTS (SELECT FROM jiko.payment_attempt WHERE state = 'SENT')
                AND NOT EXISTS (SELECT FROM jiko.payment_refund WHERE NOT done)
            """, connection);
        return await command.ExecuteScalarAsync() is true;
    }

    /// <summary>Whatever was acknowledged in the storm is answered with the same bytes after it, by any host.</summary>
    private async Task AskAgain(Api api, CancellationToken cancellation)
    {
        var chance = dice.Fork();
        var known = journal.Answers.Values.Where(known => known.Request.Path is var path
            && (path.StartsWith("/checkout-sessions", StringComparison.Ordinal)
                || path.EndsWith("/top-ups", StringComparison.Ordinal)
                || path.EndsWith("/receipts", StringComparison.Ordinal)));
        foreach (var some in chance.Shuffled(known).Take(MostAskedAgain).Chunk(orders.Guests))
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(one => api.AskAgain(one, chance)));
        }
    }

    private async Task<Outcome> Judge(IReadOnlyList<Kitchen> kitchens, Api api, CancellationToken cancellation)
    {
        var unknown = journal.Unknown.Values
            .Select(request => $"what became of {request.Path}, {request.Key}").ToList();
        var violations = new List<Violation>();
        Books? books = null;
        try
        {
            await using var connection = await Login();
            var evidence = await Gather(connection);
            books = evidence.Books;
            violations.AddRange(Checks.Run(evidence));
            violations.AddRange(await HostsAgree(kitchens, api, books, cancellation));
        }
        catch (Exception blind) when (blind
            is NpgsqlException or HttpRequestException or SocketException or TimeoutException)
        {
            unknown.Add($"what the books say: {blind.Message}");
        }

        violations.AddRange(House.Hosts.Where(host => host.UnexpectedEnds > 0).Select(host =>
            new Violation("hosts-stay-up", $"{host.Name} ended by itself {host.UnexpectedEnds} times")));
        return new Outcome(orders, tally, journal, House.Webhooks.Tally, books, violations, unknown, clock.Elapsed);
    }

    /// <summary>Every host says of a session what the rows say.</summary>
    private async Task<IReadOnlyList<Violation>> HostsAgree(
        IReadOnlyList<Kitchen> kitchens, Api api, Books books, CancellationToken cancellation)
    {
        var tokens = kitchens.ToDictionary(kitchen => kitchen.Id, kitchen => kitchen.Manager);
        var violations = new List<Violation>();
        foreach (var row in dice.Shuffled(books.Sessions).Take(MostLookedAt))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var host in House.Fronts)
            {
                var said = await api.Get(host.Address, tokens[row.Kitchen], $"/api/v1/checkout-sessions/{row.Id}");
                if (JsonElement.Parse(said).GetProperty("status").GetString() != row.Status)
                    violations.Add(new Violation(
                        "hosts-agree", $"session {row.Id} is {row.Status}, and {host.Name} says {said}"));
            }
        }

        return violations;
    }

    private async Task<NpgsqlConnection> Login()
    {
        var connection = new NpgsqlConnection(House.Postgres.CheckerLogin);
        await connection.OpenAsync();
        return connection;
    }
}
