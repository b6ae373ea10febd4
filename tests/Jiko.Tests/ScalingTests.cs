using JikoXpress.Scaling;

namespace JikoXpress.Jiko.Tests;

/// <summary>The simulated country, held to what is known without it.</summary>
public sealed class ScalingTests
{
    private static readonly Evening Quiet = new() { Restaurants = 500, ToTheCashier = 20, ToThePin = 10 };

    [Fact]
    public void The_same_seed_is_the_same_evening()
    {
        var one = new Country(new Plan(), Quiet, 7).Run(0, 600);
        var other = new Country(new Plan(), Quiet, 7).Run(0, 600);
        Assert.Equal(one.All, other.All);
        Assert.NotEqual(one.All, new Country(new Plan(), Quiet, 8).Run(0, 600).All);
    }

    [Fact]
    public void Nothing_is_lost_however_much_fails()
    {
        var faults = new Faults
        {
            SiloDies = 60,
            AggregatorStops = 100,
            AggregatorStopsFor = 60,
            DatabaseStops = 200,
            DatabaseStopsFor = 20,
        };
        var country = new Country(new Plan(), Quiet, 1);
        var minutes = country.Run(3600, 600, faults);
        Assert.NotEqual(0, minutes.Refused);
        Assert.True(minutes.Offered > 1000);
        country.Drain(600);
        Assert.Equal(0, country.Open);
    }

    [Fact]
    public void As_many_orders_come_as_the_hour_has()
    {
        var evening = new Evening { Burst = 1 };
        var minutes = new Country(new Plan { Silos = 1, CoresOfSilo = 64, CoresOfDatabase = 64 }, evening, 1).Run(0, 600);
        // 20,000 restaurants, 160 a day, 1.8 times as many, 7 % of them in the first hour; a Poisson count of 67,200 is
        // within 1,300 (five standard deviations).
        Assert.InRange(minutes.Offered, 67_200 - 1_300, 67_200 + 1_300);
    }

    /// <summary>Utilisation is the rate by the time of service, whatever the queue does.</summary>
    [Fact]
    public void Cores_work_as_much_as_comes_in()
    {
        var evening = new Evening { Burst = 1, ByPhone = 0, BySlip = 0 };
        var plan = new Plan { Silos = 1, CoresOfSilo = 1, CoresOfDatabase = 4 };
        var minutes = new Country(plan, evening, 1).Run(0, 600);
        var rate = evening.Rate(0);
        Assert.Equal(rate * Costs.CashSale.Program, minutes.All.Average(minute => minute.Program), 2);
    }

    /// <summary>
    /// One core, Poisson arrivals, exponential service: who comes waits for as long as A. K. Erlang's formula says, in the
    /// mean load / (1 - load) times the service.
    /// </summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_queue_is_as_long_as_theory_says(double load)
    {
        var agenda = new Agenda();
        var chance = new Chance(1);
        var cores = new Cores(agenda, 1);
        var waited = 0.0;
        var served = 0;
        Arrive();
        agenda.RunUntil(200_000);

        Assert.Equal(load / (1 - load), waited / served, load / (1 - load) * 0.05);
        return;

        void Arrive() => agenda.After(chance.Around(1 / load), () =>
        {
            var came = agenda.Now;
            var service = chance.Around(1);
            cores.Do(service, () =>
            {
                waited += agenda.Now - came - service;
                served++;
            });
            Arrive();
        });
    }

    [Fact]
    public void What_is_refused_by_a_full_machine_comes_again_and_is_seen()
    {
        var minutes = new Country(new Plan { Silos = 1, CoresOfSilo = 1 }, new Evening { Restaurants = 400_000 }, 1)
            .Run(3 * 3600, 120);
        Assert.True(minutes.Refused > minutes.Offered);
        Assert.True(minutes.All[^1].Program > 0.99);
        Assert.True(minutes.All[^1].P99 > 1);
    }

    [Fact]
    public void What_an_aggregator_owes_comes_after_its_silence_and_no_faster_than_it_can()
    {
        var agenda = new Agenda();
        var aggregator = new Aggregator(agenda);
        List<double> told = [];
        aggregator.Stop(100, 10);
        for (var webhook = 0; webhook < 20; webhook++) aggregator.Tell(() => told.Add(agenda.Now));
        agenda.RunUntil(99.9);
        Assert.Empty(told);
        agenda.RunUntil(101.05);
        Assert.Equal(10, told.Count);
        agenda.RunUntil(110);
        Assert.Equal(20, told.Count);
        aggregator.Tell(() => told.Add(agenda.Now));
        Assert.Equal(21, told.Count);
    }

    [Fact]
    public void The_picture_shows_each_minute()
    {
        var minutes = new Country(new Plan(), Quiet, 1).Run(3600, 600);
        var svg = System.Xml.Linq.XDocument.Parse(new Picture(minutes.All).Draw("An evening"));
        var offered = svg.Descendants().First(element => element.Name.LocalName == "polyline");
        Assert.Equal(10, offered.Attribute("points")!.Value.Split(' ').Length);
    }
}
