using System.Globalization;
using JikoXpress.Scaling;

// ./jiko scaling: a Friday evening of a country's restaurants against the measured costs. See docs/scaling.md.

int Given(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at
    ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
    : otherwise;

var seed = Given("--seed", 1);
var plan = new Plan();
plan = plan with
{
    Silos = Given("--silos", plan.Silos),
    CoresOfSilo = Given("--cores", plan.CoresOfSilo),
    CoresOfDatabase = Given("--database-cores", plan.CoresOfDatabase),
};
var evening = new Evening();
evening = evening with { Restaurants = Given("--restaurants", evening.Restaurants) };

var minutes = new Country(plan, evening, seed).Run(0, Evening.Hours * 3600, new Faults());
Console.WriteLine(Paper.Write(plan, evening, minutes, Growth.Of(plan, evening, seed)));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"The model on the bench's machine, {Check.SalesASecond:N0} cash sales a second: "
    + $"p99 {1000 * Check.P99(seed):0} ms; "
    + $"measured {1000 * Check.MeasuredP99:0} ms."));
if (Array.IndexOf(args, "--picture") is >= 0 and var picture)
{
    var title = string.Create(CultureInfo.InvariantCulture,
        $"Friday evening, {evening.Restaurants:N0} restaurants, {plan.Text}");
    await File.WriteAllTextAsync(args[picture + 1], new Picture(minutes.All).Draw(title));
}
