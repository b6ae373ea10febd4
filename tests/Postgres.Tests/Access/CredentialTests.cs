using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Access;
using JikoXpress.Testing;
using static JikoXpress.Postgres.Tests.Office;

namespace JikoXpress.Postgres.Tests.Access;

public sealed class CredentialTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string ConfiguredKey = "a key of the configuration, as long as it must be";

    private readonly Office office = new(database, settings: new CredentialSettings(ConfiguredKey));
    private Kitchen kitchen = null!;
    private PairedDevice till = null!;

    public async ValueTask InitializeAsync()
    {
        kitchen = await office.Kitchen();
        till = await office.Device(kitchen.Id);
    }

    public async ValueTask DisposeAsync() => await office.DisposeAsync();

    [Fact]
    public async Task Each_token_stands_for_its_holder()
    {
        var cashier = await office.Member(kitchen.Id);
        var session = await Welcome(cashier, "1234");
        var kiosk = await office.Device(kitchen.Id, DeviceKind.Kiosk);
        var account = Done(await office.Accounts.Add(new NewAccount("Asha", "+255755000001", LiveMode: false), null));
        var accountToken = Done(await office.Accounts.IssueToken(account.Account.Id)).Token;
        var key = Done(await office.OperatorKeys.Add("Head office"));

        Assert.Equal(
            new Principal(
                CallerKind.Staff, cashier.Id, "The Cashier", kitchen.Id, till.Device.Id, StaffRole.Cashier, false, false),
            await office.Holder(session.Token));
        Assert.Equal(
            new Principal(CallerKind.Till, till.Device.Id, "Counter", kitchen.Id, till.Device.Id, null, false, false),
            await office.Holder(till.Token));
        Assert.Equal(
            new Principal(CallerKind.Kiosk, kiosk.Device.Id, "Counter", kitchen.Id, kiosk.Device.Id, null, false, false),
            await office.Holder(kiosk.Token));
        Assert.Equal(
            new Principal(CallerKind.AppUser, account.Account.Id, "Asha", null, null, null, false, false, "+255755000001"),
            await office.Holder(accountToken));
        Assert.Equal(
            new Principal(CallerKind.Operator, key.Key.Id, "Head office", null, null, null, true, false),
            await office.Holder(key.Token));
        Assert.Equal(CallerKind.Operator, (await office.Holder(ConfiguredKey)).Kind);
    }

    [Fact]
    public async Task Tokens_are_stored_nowhere()
    {
        await office.Member(kitchen.Id);
        var tables = await database.Ask<string>("""
            SELECT string_agg(query_to_xml(format('SELECT * FROM jiko.%I', relname), true, false, '')::text, '')
            FROM pg_class WHERE relnamespace = 'jiko'::regnamespace AND relkind = 'r'
            """);

        Assert.DoesNotContain(till.Token, tables, StringComparison.Ordinal);
        Assert.DoesNotContain(till.Token[7..40], tables, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("jx_pos_")]
    [InlineData("jx_pos_0123456789012345678901234567890123456789012AAAAAA")]
    [InlineData("a key of the configuration, as long as it must bE")]
    public async Task What_is_no_token_stands_for_nobody(string token) =>
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(token)));

    [Fact]
    public async Task A_mistyped_token_stands_for_nobody()
    {
        var wrong = till.Token[..^7] + (till.Token[^7] == 'a' ? 'b' : 'a') + till.Token[^6..];
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(wrong)));
    }

    [Fact]
    public async Task A_staff_session_ends_after_eight_hours()
    {
        var session = await Welcome(await office.Member(kitchen.Id), "1234");

        office.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromTicks(1));
        Assert.IsType<CredentialAnswer.Found>(await office.Credentials.Find(new BearerToken(session.Token)));
        office.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<CredentialAnswer.Expired>(await office.Credentials.Find(new BearerToken(session.Token)));
    }

    [Fact]
    public async Task A_staff_session_is_as_long_as_the_installation_says()
    {
        await using var night = new Office(database, settings: new CredentialSettings(StaffSessionHours: 24));
        var place = await night.Kitchen();
        var device = await night.Device(place.Id, DeviceKind.StoreTablet);
        var member = await night.Member(place.Id);

        var session = Assert.IsType<SignIn.Welcome>(
            await night.StaffSessions.Begin(place.Id, device.Device.Id, member.StaffNumber, "1234"));

        Assert.Equal(night.Clock.GetUtcNow() + TimeSpan.FromHours(24), session.ExpiresAt);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_no_other()
    {
        var cashier = await office.Member(kitchen.Id);
        var (first, second) = (await Welcome(cashier, "1234"), await Welcome(cashier, "1234"));
        await office.Holder(first.Token);

        await office.StaffSessions.End(first.Token);

        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(first.Token)));
        Assert.IsType<CredentialAnswer.Found>(await office.Credentials.Find(new BearerToken(second.Token)));
    }

    [Fact]
    public async Task Who_is_sent_away_is_out_at_once()
    {
        var cashier = await office.Member(kitchen.Id);
        var session = await Welcome(cashier, "1234");
        await office.Holder(session.Token);

        Done(await office.Staff.Change(kitchen.Id, cashier.Id, new StaffChange(Active: false)));

        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(session.Token)));
        Assert.IsType<SignIn.Wrong>(await SignIn(cashier, "1234"));
    }

    [Fact]
    public async Task Another_role_or_another_pin_needs_a_new_session()
    {
        var cashier = await office.Member(kitchen.Id);
        var session = await Welcome(cashier, "1234");
        Done(await office.Staff.Change(kitchen.Id, cashier.Id, new StaffChange(Role: StaffRole.Kitchen)));
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(session.Token)));

        session = await Welcome(cashier, "1234");
        Assert.Equal(StaffRole.Kitchen, (await office.Holder(session.Token)).Role);
        Done(await office.Staff.ResetPin(kitchen.Id, cashier.Id, "98765"));
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(session.Token)));
        Assert.IsType<SignIn.Wrong>(await SignIn(cashier, "1234"));
        await Welcome(cashier, "98765");
    }

    [Fact]
    public async Task A_revoked_till_takes_its_staff_with_it()
    {
        var cashier = await office.Member(kitchen.Id);
        var session = await Welcome(cashier, "1234");

        Assert.False(Done(await office.Devices.Revoke(kitchen.Id, till.Device.Id)).Active);

        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(till.Token)));
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(session.Token)));
        Assert.IsType<SignIn.Wrong>(await SignIn(cashier, "1234"));
    }

    [Fact]
    public async Task A_revocation_counts_on_a_host_that_heard_nothing_after_five_seconds()
    {
        await using var deaf = new Office(database);
        await deaf.Holder(till.Token);
        Done(await office.Devices.Revoke(kitchen.Id, till.Device.Id));

        deaf.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.IsType<CredentialAnswer.Unknown>(await deaf.Credentials.Find(new BearerToken(till.Token)));
    }

    [Fact]
    public async Task A_kitchen_keeps_a_manager()
    {
        var first = await office.Member(kitchen.Id, StaffRole.Manager);
        var leaves = new StaffChange(Active: false);
        Assert.Equal("last-manager", CodeOf(await office.Staff.Change(kitchen.Id, first.Id, leaves)));
        var serves = new StaffChange(Role: StaffRole.Cashier);
        Assert.Equal("last-manager", CodeOf(await office.Staff.Change(kitchen.Id, first.Id, serves)));

        await office.Member(kitchen.Id, StaffRole.Manager);
        Assert.False(Done(await office.Staff.Change(kitchen.Id, first.Id, leaves)).Active);
    }

    [Fact]
    public async Task A_pairing_code_is_good_for_one_device_and_five_minutes()
    {
        var code = Done(await office.Devices.Invite(kitchen.Id, new NewDevice(DeviceKind.Kiosk, "Door"))).Code;
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => office.Devices.Pair(code)));
        Assert.Single(tries, answer => answer is Reply<PairedDevice>.Accepted);

        var late = Done(await office.Devices.Invite(kitchen.Id, new NewDevice(DeviceKind.Kiosk, "Door"))).Code;
        office.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("pairing-code-invalid", CodeOf(await office.Devices.Pair(late)));
    }

    [Fact]
    public async Task A_pairing_code_may_be_typed_small_and_in_groups()
    {
        var code = Done(await office.Devices.Invite(kitchen.Id, new NewDevice(DeviceKind.Pos, "Bar"))).Code;
        var paired = Done(await office.Devices.Pair($"{code[..4].ToLowerInvariant()}-{code[4..].Replace('0', 'o')}"));
        Assert.Equal(("Bar", kitchen.Id, kitchen.Name), (paired.Device.Name, paired.KitchenId, paired.KitchenName));
    }

    [Fact]
    public async Task An_installation_may_ask_for_longer_pins()
    {
        await using var strict = new Office(database, settings: new CredentialSettings(ShortestPin: 6));
        var member = new NewStaffMember("Juma", StaffRole.Cashier, "12345");
        Assert.Equal("pin-invalid", CodeOf(await strict.Staff.Add(kitchen.Id, member, null)));
        Done(await strict.Staff.Add(kitchen.Id, member with { Pin = "123456" }, null));
    }

    private Task<SignIn> SignIn(StaffMember member, string pin) =>
        office.StaffSessions.Begin(kitchen.Id, till.Device.Id, member.StaffNumber, pin);

    private async Task<SignIn.Welcome> Welcome(StaffMember member, string pin) =>
        Assert.IsType<SignIn.Welcome>(await SignIn(member, pin));
}
