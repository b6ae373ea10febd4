using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JikoXpress.Postgres.Tests;

/// <summary>The sales report tells of a day before there was one as of any other.</summary>
public sealed class OlderSalesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string LastFile = "0019_mobile_money.sql";
    private const string Wali = "Wali maharage", Ugali = "Ugali samaki", Pilau = "Pilau";

    private static readonly Guid Kitchen = Guid.Parse("01a22530-ed76-7eeb-bd7a-6d7748141e00");

    /// <summary>The business day, from four in the morning in Dar es Salaam.</summary>
    private static readonly DateTimeOffset Since = new(2026, 11, 29, 1, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// What the day was, with wali at 2500 and ugali and pilau at 5000 shillings: 3 wali and 2 ugali, of which 1 and 2,
    /// and later 500, were refunded; 2 pilau; a bill of 2 wali and 1 ugali, of which 1 and 1 were voided; one of 1 and 1,
    /// of which 7000 were paid before the wali was voided, and 2000 given back; one of a wali, and a pilau that was
    /// voided, which was merged into one of an ugali and written off; a paid one of 2 pilau, of whose payment 700 were
    /// refunded; and a wali and a pilau by a table's code, paid by phone and rejected.
    /// </summary>
    [Fact]
    public async Task Voids_refunds_and_a_write_off_of_an_older_build_are_in_the_report_of_their_day()
    {
        await BringBack();
        await using var host = new JikoDatabase(database.ConnectionString);
        await new SchemaUpdate(host, NullLogger<SchemaUpdate>.Instance).Apply(CancellationToken.None);

        var report = await Report(Since);

        Assert.Equal(Figures(orders: 8, 19, voided: 4, refunded: 5, 75_000, 15_000, 21_200), report.Total);
        Assert.Equal(Figures(0, 8, 2, 2, 20_000, 5_000, 5_000), Item(Wali));
        Assert.Equal(Figures(0, 5, 1, 2, 25_000, 5_000, 10_000), Item(Ugali));
        Assert.Equal(Figures(0, 6, 1, 1, 30_000, 5_000, 5_000), Item(Pilau));
        Assert.Equal(Figures(0, 0, 0, 0, 0, 0, 1_200), Item(null));
        Assert.Equal(
            [(PaymentMethod.Cash, 18_800), (PaymentMethod.MobileMoney, 0), (PaymentMethod.Card, 10_000)],
            report.PaymentMethods.Select(method => (method.PaymentMethod, method.Net.Shillings)));
        Assert.Equal(new BillFigures(Money.Zero, new Money(2_500), new Money(7_500)), report.Bills);
        Assert.Equal(
            report.Total.Net,
            report.PaymentMethods.Sum(method => method.Net) + report.Bills.WrittenOff + report.Bills.Unpaid);
        Assert.Equal(SalesFigures.None, (await Report(Since.AddDays(1))).Total);

        SalesFigures Item(string? name) => report.Items.Single(item => item.Name == name).Figures;
    }

    private static SalesFigures Figures(
        long orders, long quantity, long voided, long refunded, long sold, long voidedMoney, long refundedMoney) =>
        new(orders, quantity, voided, refunded, new Money(sold), new Money(voidedMoney), new Money(refundedMoney));

    private async Task<SalesReport> Report(DateTimeOffset since)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddJikoPostgres(database.ConnectionString)
            .BuildServiceProvider();
        return await services.GetRequiredService<ISalesReports>()
            .Of(Kitchen, "Africa/Dar_es_Salaam", since, since.AddDays(1));
    }

    /// <summary>The schema as it was, and its rows.</summary>
    private async Task BringBack()
    {
        await database.Run("DROP SCHEMA jiko, jiko_cluster CASCADE; CREATE SCHEMA jiko");
        await database.Run("""
            CREATE TABLE jiko.schema_version (
                file text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """);
        foreach (var script in SchemaScript.OfThisBuild().Where(
            script => !script.IsRepeatable && string.CompareOrdinal(script.File, LastFile) <= 0))
        {
            await database.Run(script.Text);
            await database.Run(
                $"INSERT INTO jiko.schema_version (file, checksum) VALUES ('{script.File}', '{script.Checksum}')");
        }

        await database.Run(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Stored", "before-sales-report.sql")));
    }
}
