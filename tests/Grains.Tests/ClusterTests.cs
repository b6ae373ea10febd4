using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Testing;
using JikoXpress.Testing.Silo;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>The simulated cluster keeps what Orleans promises of grains, and breaks what Orleans does not.</summary>
public sealed class ClusterTests
{
    private static readonly Guid Slip = Named(50);

    private readonly Fixture kitchen = new();

    [Fact]
    public async Task Two_silos_know_one_activation_of_a_grain()
    {
        var other = kitchen.NewSilo();
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        var loads = kitchen.Store.Loads;

        Assert.IsType<Session.Pending>((await other.Session(Slip).Read()).State);

        Assert.Equal(loads, kitchen.Store.Loads);
        Assert.Equal(2, kitchen.Cluster.Count);
    }

    [Fact]
    public async Task What_waits_at_an_activation_that_ends_is_done_at_the_next()
    {
        var session = kitchen.Silo.Session(Slip);
        Accepted(await session.Open(Fixture.Slip(1)));
        var held = kitchen.Store.Held = new TaskCompletionSource();
        var first = session.Cancel(new CancelSession(Cashier));
        kitchen.Cluster.Deactivate<ICheckoutSessionGrain>(Slip);
        var second = session.Read();
        Assert.False(first.IsCompleted || second.IsCompleted);
        var loads = kitchen.Store.Loads;

        held.SetResult();

        Accepted(await first);
        Assert.IsType<Session.Ended>((await second).State);
        Assert.Equal(1, kitchen.Store.Loads - loads);
    }

    [Fact]
    public async Task Who_waits_for_a_silo_that_dies_hears_it_and_the_grain_is_found_elsewhere()
    {
        var other = kitchen.NewSilo();
        Accepted(await other.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();
        var cancelled = kitchen.Silo.Session(Slip).Cancel(new CancelSession(Cashier));

        kitchen.Cluster.Kill(other);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => cancelled);
        Assert.IsType<Session.Pending>((await kitchen.Silo.Session(Slip).Read()).State);
    }

    [Fact]
    public async Task Who_hears_nothing_for_ten_seconds_waits_no_longer()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();
        var cancelled = kitchen.Silo.Session(Slip).Cancel(new CancelSession(Cashier));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<TimeoutException>(() => cancelled);
    }

    [Fact]
    public async Task A_call_or_an_answer_that_is_lost_is_told_after_ten_seconds_and_only_the_answers_call_is_done()
    {
        foreach (var lost in new[] { Parcel.Call, Parcel.Answer })
        {
            var kitchen = new Fixture(new Losing(lost));
            var other = kitchen.NewSilo();
            Accepted(await other.Session(Slip).Open(Fixture.Slip(1)));

            var cancelled = kitchen.Silo.Session(Slip).Cancel(new CancelSession(Cashier));
            if (lost is Parcel.Answer) await Wait.Until(() => StatusOf(kitchen) == SessionStatus.Cancelled);
            kitchen.Clock.Advance(TimeSpan.FromSeconds(10));

            await Assert.ThrowsAsync<TimeoutException>(() => cancelled);
            Assert.Equal(
                lost is Parcel.Call ? SessionStatus.PendingPayment : SessionStatus.Cancelled, StatusOf(kitchen));
        }
    }

    [Fact]
    public async Task For_some_seconds_a_grain_has_two_activations_and_then_one()
    {
        var kitchen = new Fixture(new Disagreeing());
        var other = kitchen.NewSilo();
        Accepted(await other.Session(Slip).Open(Fixture.Slip(1)));
        await kitchen.Silo.Session(Slip).Read();
        Accepted(await other.Session(Slip).Cancel(new CancelSession(Cashier)));
        Assert.IsType<Session.Pending>((await kitchen.Silo.Session(Slip).Read()).State);

        kitchen.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.IsType<Session.Ended>((await kitchen.Silo.Session(Slip).Read()).State);
    }

    private static SessionStatus? StatusOf(Fixture kitchen) => kitchen.Store.Rows.Session(Slip)?.Status;

    /// <summary>Sessions are called in vain.</summary>
    private sealed class Losing(Parcel lost) : ClusterNetwork
    {
        public override TimeSpan? Travel(Parcel parcel, GrainKey grain, string method) =>
            parcel == lost && method == "Cancel" ? null : TimeSpan.Zero;
    }

    private sealed class Disagreeing : ClusterNetwork
    {
        private bool hasBegun;

        public override TimeSpan? Disagrees(SimulatedSilo silo, GrainKey grain)
        {
            if (hasBegun || grain.Id != Slip) return null;
            hasBegun = true;
            return TimeSpan.FromSeconds(3);
        }
    }
}
