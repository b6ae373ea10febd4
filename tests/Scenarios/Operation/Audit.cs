using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace JikoXpress.Scenarios.Operation;

/// <summary>Who changed what, and that nobody can change that.</summary>
public sealed class Audit(Restaurant restaurant) : Scenario(restaurant)
{
    private string Trail => $"/kitchens/{Kitchen.Id}/audit";

    [Fact]
    public async Task A_change_of_the_settings_is_noted_with_who_and_from_what_to_what()
    {
        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "lowStockThreshold": 7 } }""").Is(200);

        var newest = await Newest();
        Assert.Equal(("kitchen.changed", "STAFF"), (newest["data.0.action"], newest["data.0.byKind"]));
        Assert.Equal($$"""{"low_stock_threshold": [5, 7]}""", newest["data.0.details"]);
        Assert.Equal(await ManagerId(), newest["data.0.byId"]);
        Assert.NotEmpty(newest["data.0.traceId"]);
        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "lowStockThreshold": 5 } }""").Is(200);
    }

    [Fact]
    public async Task A_refused_change_and_one_that_changes_nothing_leave_no_entry()
    {
        var before = (await Newest())["data.0.number"];

        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "lowStockThreshold": -1 } }""").Is(422);
        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "lowStockThreshold": 5 } }""").Is(200);

        Assert.Equal(before, (await Newest())["data.0.number"]);
    }

    [Fact]
    public async Task A_wrong_pin_and_the_lock_after_five_are_noted()
    {
        var sessions = Restaurant.Host.Services.GetRequiredService<IStaffSessions>();
        foreach (var _ in Enumerable.Range(0, 5)) await sessions.Begin(Kitchen.Id, Kitchen.TillId, 4321, "000000");

        var actions = await Actions(6);
        Assert.Equal(5, actions.Count(action => action == "sign-in.refused"));
        Assert.Equal(1, actions.Count(action => action == "sign-in.locked"));
    }

    [Fact]
    public async Task Stock_and_balances_are_noted_with_the_commit_that_changes_them()
    {
        await Kitchen.Receive(Chai, 10);
        Assert.Equal(["stock.receipt"], await Actions(1));

        await Kitchen.Guest(balance: 4000);
        Assert.Equal(["wallet.topped-up", "customer.added"], await Actions(2));
    }

    [Fact]
    public async Task People_devices_and_their_tokens_are_noted_and_never_named()
    {
        var trail = Restaurant.Host.Services.GetRequiredService<IAuditTrail>();
        await Kitchen.Guest(balance: 100);
        await Kitchen.BeginShift();

        var entries = (await trail.List(Kitchen.Id, new PageRequest(100))).Items;
        Assert.Superset(
            new HashSet<string> { "staff.added", "device.added", "credential.added", "customer.added", "menu-item.added" },
            entries.Select(entry => entry.Action).ToHashSet());
        var text = string.Join('\n', entries.Select(entry => entry.ToString()));
        foreach (var secret in new[] { "Neema", "Mama Fatuma", "+25571", "274951", "pbkdf2", Till.Token! })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sale_leaves_no_entry_since_its_own_journal_has_it()
    {
        var before = (await Newest())["data.0.number"];

        await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP", "tag": "John",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
            }
            """).Is(201);

        Assert.Equal(before, (await Newest())["data.0.number"]);
    }

    [Fact]
    public async Task It_is_for_managers_of_the_kitchen_and_has_pages()
    {
        await Kitchen.Cashier.Get(Trail).Is(403);
        await Restaurant.Neighbour.Manager.Get(Trail).Is(404);
        await Restaurant.Neighbour.Manager.Get($"{Trail}/verification").Is(404);

        var first = await Kitchen.Manager.Get($"{Trail}?limit=2").Is(200, """{ "paging": { "hasMore": true } }""");
        var second = await Kitchen.Manager.Get($"{Trail}?limit=1&after={first["paging.after"]}").Is(200);
        Assert.Equal(
            long.Parse(first["data.1.number"], null) - 1, long.Parse(second["data.0.number"], null));
    }

    [Theory]
    [InlineData("UPDATE jiko.audit SET details = '{}'")]
    [InlineData("DELETE FROM jiko.audit")]
    [InlineData("TRUNCATE jiko.audit")]
    [InlineData("DELETE FROM jiko.audit_chain")]
    public async Task The_database_lets_nobody_alter_it(string attempt)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Restaurant.Database.Run(attempt));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("UPDATE jiko.audit SET details = '{}' WHERE number = 5", 5, "CHANGED")]
    [InlineData("UPDATE jiko.audit SET at = at + interval '1 microsecond' WHERE number = 6", 6, "CHANGED")]
    [InlineData("DELETE FROM jiko.audit WHERE number = 3", 4, "MISSING_BEFORE")]
    [InlineData("DELETE FROM jiko.audit WHERE number = (SELECT max(number) FROM jiko.audit WHERE chain = KITCHEN)",
        0, "MISSING_AT_THE_END")]
    [InlineData("""
        UPDATE jiko.audit a SET who_id = gen_random_uuid() WHERE number = 4 AND chain = KITCHEN;
        UPDATE jiko.audit a SET hash = jiko.audit_hash(a) WHERE number = 4
        """, 5, "NOT_LINKED")]
    public async Task Whoever_alters_it_all_the_same_is_found_out(string tampering, int number, string flaw)
    {
        await Verified(true);
        var kitchen = $"'{Kitchen.Id}'";
        var only = $"{tampering.Replace("KITCHEN", kitchen, StringComparison.Ordinal)} AND chain = {kitchen}";
        await Restaurant.Database.Run($"""
            CREATE TABLE jiko_kept AS TABLE jiko.audit;
            ALTER TABLE jiko.audit DISABLE TRIGGER audit_stays;
            {only}
            """);
        var wrong = await Verified(false);
        Assert.Equal(flaw, wrong["wrong.0.flaw"]);
        if (number > 0) Assert.Equal($"{number}", wrong["wrong.0.number"]);

        await Restaurant.Database.Run("""
            DELETE FROM jiko.audit;
            INSERT INTO jiko.audit TABLE jiko_kept;
            ALTER TABLE jiko.audit ENABLE TRIGGER audit_stays;
            DROP TABLE jiko_kept
            """);
        await Verified(true);
    }

    private Task<Answer> Newest() => Kitchen.Manager.Get($"{Trail}?limit=1").Is(200);

    private async Task<IReadOnlyList<string>> Actions(int count)
    {
        var list = await Kitchen.Manager.Get($"{Trail}?limit={count}").Is(200);
        return [.. Enumerable.Range(0, count).Select(index => list[$"data.{index}.action"])];
    }

    private Task<Answer> Verified(bool expected) => Kitchen.Manager.Get($"{Trail}/verification").Is(
        200, expected ? """{ "verified": true, "wrong": [] }""" : """{ "verified": false }""");

    private async Task<string> ManagerId() => $"{await Restaurant.Database.Ask<Guid>(
        $"SELECT id FROM jiko.staff WHERE kitchen_id = '{Kitchen.Id}' AND role = 'MANAGER'")}";
}
