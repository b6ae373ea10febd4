using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Report;
using Npgsql;

namespace JikoXpress.Chaos.Tests;

/// <summary>One round of every fault, run once for all tests; its books stay open for tampering.</summary>
public sealed class ShortCampaign : IAsyncLifetime
{
    private const ulong Seed = 7;

    private readonly Campaign campaign = new(Orders.Short(Programs.Silo, Programs.Simulator, Seed), _ => { });
    private Outcome? outcome;

    internal Outcome Outcome => outcome ?? throw new InvalidOperationException("InitializeAsync comes first.");

    public async ValueTask InitializeAsync()
    {
        outcome = await campaign.Run(CancellationToken.None);
        // Whoever tampers needs the rows for itself.
        foreach (var host in campaign.House.Hosts) await host.Kill();
    }

    public async ValueTask DisposeAsync() => await campaign.DisposeAsync();

    /// <summary>What the checks find after somebody has changed rows; the rows are as before afterwards.</summary>
    internal async Task<IReadOnlyList<Violation>> FindAfter(string tampering)
    {
        await using var connection = new NpgsqlConnection(campaign.House.Postgres.SuperuserLogin);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(tampering, connection);
        Assert.True(await command.ExecuteNonQueryAsync() != 0, "There was nothing to tamper with.");
        var found = Checks.Run(await campaign.Gather(connection));
        await transaction.RollbackAsync();
        return found;
    }

    /// <summary>What the checks find in other evidence than there is.</summary>
    internal async Task<IReadOnlyList<Violation>> FindIn(Func<Evidence, Evidence> change)
    {
        await using var connection = new NpgsqlConnection(campaign.House.Postgres.CheckerLogin);
        await connection.OpenAsync();
        return Checks.Run(change(await campaign.Gather(connection)));
    }
}
