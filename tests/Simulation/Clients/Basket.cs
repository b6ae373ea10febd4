using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What a guest orders: mostly what is scarce, sometimes the same dish on two lines.</summary>
internal sealed class Basket
{
    public Basket(Dice dice, CityKitchen kitchen)
    {
        var dishes = Enumerable.Range(0, dice.Between(1, 3))
            .Select(_ => dice.Chance(0.7) ? dice.Pick(kitchen.Scarce) : dice.Pick(kitchen.Dishes))
            .Select(dish => (Dish: dish, Items: dice.Between(1, 3)))
            .ToList();
        Lines = dishes.Select(line => new LineRequest(line.Dish.Id, line.Items)).ToSequence();
        Total = dishes.Sum(line => line.Dish.Price * line.Items);
    }

    public Sequence<LineRequest> Lines { get; }

    public Money Total { get; }
}
