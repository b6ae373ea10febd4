using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios;

/// <summary>
/// What every scenario is told with. After each of them the books must balance, and nothing may have failed on the
/// server's side.
/// </summary>
public abstract class Scenario(Restaurant restaurant) : IClassFixture<Restaurant>, IAsyncLifetime
{
    protected Restaurant Restaurant => restaurant;
    protected TestKitchen Kitchen => restaurant.Kitchen;

    /// <summary>A cashier at the till.</summary>
    protected Caller Till => Kitchen.Cashier;

    protected Caller Kiosk => Kitchen.Kiosk;

    // The menu, at prices that make the amounts of the reference right.
    protected Guid Pilau => Kitchen.Pilau;
    protected Guid Nyama => Kitchen.Nyama;
    protected Guid Mishkaki => Kitchen.Mishkaki;
    protected Guid Chipsi => Kitchen.Chipsi;
    protected Guid Chai => Kitchen.Chai;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => new(restaurant.MustBalance());

    protected Task Pass(TimeSpan time) => restaurant.Pass(time);

    protected string In(TimeSpan time) => restaurant.In(time);
}
