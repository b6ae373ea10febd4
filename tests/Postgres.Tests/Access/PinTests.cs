using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests.Access;

public sealed class PinTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Office office = new(database);
    private Kitchen kitchen = null!;
    private PairedDevice till = null!;
    private StaffMember cashier = null!;

    public async ValueTask InitializeAsync()
    {
        kitchen = await office.Kitchen();
        till = await office.Device(kitchen.Id);
        cashier = await office.Member(kitchen.Id);
    }

    public async ValueTask DisposeAsync() => await office.DisposeAsync();

    [Fact]
    public async Task Five_wrong_pins_lock_for_longer_each_time()
    {
        foreach (var length in new[] { 1, 5, 15, 15 })
        {
            for (var time = 1; time <= PinTries.BeforeLock; time++) Assert.IsType<SignIn.Wrong>(await Try("9999"));
            Assert.Equal(new SignIn.Locked(TimeSpan.FromMinutes(length)), await Try("1234"));

            office.Clock.Advance(TimeSpan.FromMinutes(length) - TimeSpan.FromSeconds(1));
            Assert.Equal(new SignIn.Locked(TimeSpan.FromSeconds(1)), await Try("1234"));
            office.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.IsType<SignIn.Welcome>(await Try("1234"));
    }

    [Fact]
    public async Task The_right_pin_forgets_the_wrong_ones()
    {
        for (var round = 1; round <= 2; round++)
        {
            for (var time = 1; time < PinTries.BeforeLock; time++) Assert.IsType<SignIn.Wrong>(await Try("9999"));
            Assert.IsType<SignIn.Welcome>(await Try("1234"));
        }
    }

    [Fact]
    public async Task Wrong_pins_at_once_are_all_counted()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Try("9999")));

        Assert.Equal(PinTries.BeforeLock, tries.Count(answer => answer is SignIn.Wrong));
        Assert.Equal(12 - PinTries.BeforeLock, tries.Count(answer => answer is SignIn.Locked));
    }

    [Fact]
    public async Task Who_guesses_at_one_till_locks_nobody_out_at_another()
    {
        var other = await office.Device(kitchen.Id);
        for (var time = 1; time <= PinTries.BeforeLock; time++) await Try("9999");

        Assert.IsType<SignIn.Locked>(await Try("1234"));
        Assert.IsType<SignIn.Welcome>(
            await office.StaffSessions.Begin(kitchen.Id, other.Device.Id, cashier.StaffNumber, "1234"));
        Assert.IsType<SignIn.Locked>(await Try("1234"));
    }

    [Fact]
    public async Task Who_finds_too_many_waiting_is_sent_away_and_has_not_tried()
    {
        var pins = new Pins("");
        var turns = new List<Task<IDisposable?>>();
        while (turns is not [.., { IsCompletedSuccessfully: true, Result: null }]) turns.Add(pins.Turn());
        var taken = turns.Count(turn => turn.IsCompletedSuccessfully) - 1;

        Assert.Equal(Math.Max(1, Environment.ProcessorCount / 4), taken);
        Assert.Equal(32, turns.Count - taken - 1);
        await Assert.ThrowsAsync<StoreBusyException>(() => pins.HashInTurn("1234"));

        foreach (var turn in turns) (await turn)?.Dispose();
        using var again = await pins.Turn();
        Assert.NotNull(again);
    }

    [Fact]
    public async Task A_number_that_nobody_has_answers_like_one_that_somebody_has()
    {
        for (var time = 1; time <= PinTries.BeforeLock; time++)
            Assert.IsType<SignIn.Wrong>(await office.StaffSessions.Begin(kitchen.Id, till.Device.Id, 77, "0000"));
        Assert.IsType<SignIn.Locked>(await office.StaffSessions.Begin(kitchen.Id, till.Device.Id, 77, "0000"));
    }

    [Fact]
    public async Task A_new_pin_unlocks()
    {
        for (var time = 1; time <= PinTries.BeforeLock; time++) await Try("9999");
        await office.Staff.ResetPin(kitchen.Id, cashier.Id, "2468");
        Assert.IsType<SignIn.Welcome>(await Try("2468"));
    }

    [Fact]
    public async Task Nobody_signs_in_at_a_kiosk_or_at_another_kitchens_till()
    {
        var kiosk = await office.Device(kitchen.Id, DeviceKind.Kiosk);
        var elsewhere = await office.Device((await office.Kitchen("Baba Lishe")).Id);

        foreach (var device in new[] { kiosk, elsewhere })
            Assert.IsType<SignIn.Wrong>(
                await office.StaffSessions.Begin(kitchen.Id, device.Device.Id, cashier.StaffNumber, "1234"));
    }

    private Task<SignIn> Try(string pin) =>
        office.StaffSessions.Begin(kitchen.Id, till.Device.Id, cashier.StaffNumber, pin);
}
