using System.Net;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>A silo commits while it is a member of its cluster, and never after it was declared dead.</summary>
public sealed class MemberTests(TestDatabase database) : StoreTests(database)
{
    private const int Active = 3, ShuttingDown = 4, Stopping = 5, Dead = 6;

    private static readonly CommitAnswer Won = new CommitAnswer.Committed();

    private static int generation;

    [Theory]
    [InlineData(Active)]
    [InlineData(ShuttingDown)]
    [InlineData(Stopping)]
    public async Task A_member_commits(int status)
    {
        var till = new Till($"member {status}");
        await using var silo = SiloOf(await Member(status));

        Assert.Equal([Won, Won], await silo.CommitTogether(till.Sale((till.Chai, 1)), till.Sale((till.Pilau, 1))));
    }

    [Theory]
    [InlineData(Dead)]
    [InlineData(null)]
    public async Task Who_is_dead_or_no_member_commits_nothing(int? status)
    {
        var till = new Till($"dead {status}");
        await using var silo = SiloOf(await Member(status));

        var sales = Enumerable.Range(0, 3).Select(_ => silo.Commits.Commit(till.Sale((till.Chai, 1)))).ToList();

        foreach (var sale in sales) await Assert.ThrowsAsync<StoreBusyException>(() => sale);
        Assert.Equal(0, await RowsOf("checkout_session", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task A_name_with_any_letters_is_the_same_to_the_database()
    {
        var till = new Till("odd name");
        await using var silo = SiloOf(await Member(Active, """Mama's {"kitchen"}, \ two"""));

        await silo.Commit(till.Sale((till.Chai, 1)));
    }

    [Fact]
    public async Task The_storage_provider_is_refused_alike()
    {
        var till = new Till("by the provider");
        using (var statements = new CancellationTokenSource())
            await new ClusterStatements(Store.Database).StartAsync(statements.Token);
        var member = await Member(Active);
        await using var connections = new ClusterDatabase(Database.ConnectionString, member);
        var commits = new StorageCommits(new WorkSignals(), NullLogger<StorageCommits>.Instance);
        Assert.Equal(Won, await commits.Commit(till.Received(till.Chai, 3), Write, default));

        Assert.True(await Declare(member, Dead));

        var refused = () => commits.Commit(till.Received(till.Pilau, 3), Write, default);
        await Assert.ThrowsAsync<StoreBusyException>(refused);

        async Task<bool> Write(byte[] document)
        {
            await using var write = connections.Source.CreateCommand(
                $"SELECT jiko_cluster.commit_{CommitDocument.Layout}(convert_from($1, 'UTF8')::json, 0)");
            write.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = document });
            return await write.ExecuteScalarAsync() is int;
        }
    }

    [Fact]
    public async Task What_is_being_committed_is_there_when_the_silo_is_dead()
    {
        var till = new Till("in flight");
        var member = await Member(Active);
        await using var silo = SiloOf(member);
        var slip = till.Slip((till.Chai, 1));
        await silo.Commit(slip);
        var held = await Database.Lock(slip.Key);
        var inFlight = silo.Commits.Commit(till.Cancelled(slip));
        await Database.UntilSomebodyWaits();

        var declared = Declare(member, Dead);
        await Database.UntilWaiting(2, declared);
        Assert.False(declared.IsCompleted);
        await held.DisposeAsync();

        Assert.Equal(Won, await inFlight);
        Assert.True(await declared);
        await Assert.ThrowsAsync<StoreBusyException>(() => silo.Commits.Commit(till.Sale((till.Chai, 1))));
    }

    [Fact]
    public async Task Other_changes_of_a_member_wait_for_nothing()
    {
        var till = new Till("still there");
        var member = await Member(Active);
        await using var silo = SiloOf(member);
        await using var gate = await Gate.Close(silo, Database, till);

        Assert.True(await Declare(member, ShuttingDown));

        await gate.Open();
    }

    private Store SiloOf(CommittingMember member) => new(Database, new CommitSettings { Writers = 1 }, member);

    /// <summary>A silo's row in the membership table; none if it has no status.</summary>
    private async Task<CommittingMember> Member(int? status, string cluster = "jiko")
    {
        var member = new CommittingMember(cluster, IPAddress.Loopback, 11111, Interlocked.Increment(ref generation));
        await using var add = new NpgsqlCommand("""
            INSERT INTO jiko_cluster.membership (cluster, version) VALUES ($1, 1) ON CONFLICT DO NOTHING
            """, await Database.Source.OpenConnectionAsync());
        await using var connection = add.Connection;
        add.Parameters.AddWithValue(cluster);
        await add.ExecuteNonQueryAsync();
        if (status is null) return member;
        await using var join = new NpgsqlCommand("""
            INSERT INTO jiko_cluster.silo (
                cluster, address, port, generation, name, host, gateway_port, status, started_at, alive_at)
            VALUES ($1, '127.0.0.1', 11111, $2, 'Silo', 'here', 30000, $3, now(), now())
            """, connection);
        join.Parameters.AddWithValue(cluster);
        join.Parameters.AddWithValue(member.Generation);
        join.Parameters.AddWithValue(status.Value);
        await join.ExecuteNonQueryAsync();
        return member;
    }

    /// <summary>As Orleans does it; false if the table has changed meanwhile.</summary>
    private async Task<bool> Declare(CommittingMember member, int status)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        var version = await Database.Ask<int>(
            $"SELECT version FROM jiko_cluster.membership WHERE cluster = '{member.ClusterId}'");
        await using var declare = new NpgsqlCommand(OrleansQuery.Statements["UpdateMembershipKey"], connection);
        declare.Parameters.AddWithValue("DeploymentId", member.ClusterId);
        declare.Parameters.AddWithValue("Address", member.Address.ToString());
        declare.Parameters.AddWithValue("Port", member.Port);
        declare.Parameters.AddWithValue("Generation", member.Generation);
        declare.Parameters.AddWithValue("Version", version);
        declare.Parameters.AddWithValue("Status", status);
        declare.Parameters.AddWithValue("SuspectTimes", "");
        declare.Parameters.AddWithValue("IAmAliveTime", DateTime.UtcNow);
        return await declare.ExecuteScalarAsync() is 1L;
    }
}
