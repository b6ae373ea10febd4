using System.Reflection;
using JikoXpress.Jiko;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Clients;

/// <summary>
/// What NSwag makes of the API's document for TypeScript compiles strictly, and works as it is. The build of
/// tests/TypeScriptClient compiles it, with a program that calls it; that program runs here.
/// </summary>
public sealed class GeneratedForTypeScript(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_till_sells_has_a_slip_paid_and_gives_money_back()
    {
        var ended = await new Command(
            Place("Node"), Place("Till"), $"{Restaurant.Host.Address}", Till.Token!, Kiosk.Token!, Kitchen.Manager.Token!,
            $"{Pilau}").Run();

        Assert.True(ended.Code == 0, ended.Said);
        Assert.Equal(
            """
            {"sale":"CONFIRMED","change":2000,"again":true,"exact":"none","slip":"PENDING_PAYMENT","slipIsOver":false,
            "paid":"CONFIRMED","paidIsOver":true,"refunded":1000,"refused":"payments-total-mismatch","expected":5000,
            "listed":"checkout_session"}
            """.ReplaceLineEndings(""),
            ended.Output.Trim());
    }

    /// <summary>Of a file that the build of tests/TypeScriptClient has brought or made.</summary>
    private static string Place(string what) => Assembly.Load("JikoXpress.TypeScriptClient")
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(place => place.Key == what).Value!;
}
