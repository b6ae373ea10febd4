namespace JikoXpress.Scaling;

/// <summary>The restaurants of a country on one evening: discrete events, from one seed.</summary>
internal sealed class Country
{
    /// <summary>A kiosk asks for 30 s, and then again.</summary>
    private const double PollSeconds = 30;

    private readonly Agenda agenda = new();
    private readonly Minutes minutes = new();
    private readonly Plan plan;
    private readonly Evening evening;
    private readonly Chance chance;
    private readonly Cores database;
    private readonly Silo[] silos;
    /// <summary>The silos that are asked: all but those that are known to be dead.</summary>
    private readonly List<Silo> asked;
    private readonly Aggregator aggregator;
    private readonly Cost cashSale;
    private int kiosks;

    /// <param name="cashSale">Null for what it costs by <see cref="Costs"/>.</param>
    public Country(Plan plan, Evening evening, int seed, Cost? cashSale = null)
    {
        (this.plan, this.evening, chance) = (plan, evening, new Chance(seed));
        this.cashSale = cashSale ?? Costs.CashSale;
        aggregator = new Aggregator(agenda);
        Cores[] machines = [.. Enumerable.Range(0, plan.Silos).Select(_ => new Cores(agenda, plan.CoresOfSilo))];
        database = plan.Shared ? machines[0] : new Cores(agenda, plan.CoresOfDatabase);
        silos = [.. machines.Select(machine => new Silo(machine, new CommitQueue(agenda, database, plan, chance)))];
        asked = [.. silos];
    }

    /// <summary>Orders that were begun and have no answer yet, or whose guest or cashier is still awaited.</summary>
    public long Open => minutes.Offered - minutes.Sold;

    /// <param name="from">The second of the evening to begin with.</param>
    /// <param name="seconds">For how long new orders come.</param>
    /// <param name="faults">Null for an evening on which nothing fails.</param>
    public Minutes Run(double from, double seconds, Faults? faults = null)
    {
        if (faults is not null) Schedule(faults);
        Arrive(from, seconds);
        for (var minute = 1; minute <= seconds / 60; minute++)
        {
            agenda.RunUntil(minute * 60);
            minutes.End([.. silos.Select(silo => silo.Cores)], database, silos.Sum(silo => silo.Waiting), kiosks);
        }

        return minutes;
    }

    /// <summary>Lets what was begun end.</summary>
    public void Drain(double seconds) => agenda.RunUntil(agenda.Now + seconds);

    private void Schedule(Faults faults)
    {
        var dying = silos[^1];
        agenda.After(faults.SiloDies, () => dying.IsDead = true);
        agenda.After(faults.SiloDies + faults.SiloGap, () => asked.Remove(dying));
        agenda.After(faults.SiloDies + faults.SiloIsBack, () =>
        {
            dying.IsDead = false;
            asked.Add(dying);
        });
        agenda.After(faults.AggregatorStops, () => aggregator.Stop(faults.AggregatorStopsFor, faults.WebhooksASecond));
        agenda.After(faults.DatabaseStops, database.Stop);
        agenda.After(faults.DatabaseStops + faults.DatabaseStopsFor, database.GoOn);
    }

    /// <summary>A Poisson process whose rate changes: drawn at the highest rate, and thinned.</summary>
    private void Arrive(double from, double until) => agenda.After(chance.Around(1 / evening.HighestRate), () =>
    {
        if (agenda.Now > until) return;
        if (chance.Share * evening.HighestRate < evening.Rate(from + agenda.Now)) Order();
        Arrive(from, until);
    });

    private void Order()
    {
        minutes.Offer();
        var kind = chance.Share;
        if (kind < evening.ByPhone) PayByPhone();
        else if (kind < evening.ByPhone + evening.BySlip) PayBySlip();
        else Ask(cashSale, minutes.Sell);
    }

    private void PayBySlip() => Ask(Costs.Slip.Part(0.5), _ => agenda.After(
        chance.Around(evening.ToTheCashier), () => Ask(Costs.Slip.Part(0.5), minutes.Sell)));

    private void PayByPhone() => Ask(Costs.PhonePayment.Part(1 / 3.0), opened =>
    {
        kiosks++;
        var isWaiting = true;
        Poll();
        agenda.After(chance.Around(evening.ToThePin), () => aggregator.Tell(() =>
            Ask(Costs.PhonePayment.Part(2 / 3.0), told =>
            {
                kiosks--;
                isWaiting = false;
                minutes.Tell(told);
                minutes.Sell(opened + told);
            })));

        void Poll()
        {
            if (!isWaiting) return;
            var poll = chance.Around(Costs.Poll.Program * plan.ClusterFactor);
            silos[chance.Below(silos.Length)].Cores.Do(poll, () => { });
            agenda.After(PollSeconds, Poll);
        }
    });

    /// <summary>A request and its commit. Who is refused comes again after 1 to 3 s, until it is done.</summary>
    /// <param name="done">Is told the seconds since the first try.</param>
    private void Ask(Cost cost, Action<double> done)
    {
        var began = agenda.Now;
        Try();

        void Try()
        {
            var silo = asked.Count == 0 ? null : asked[chance.Below(asked.Count)];
            if (silo is not { IsDead: false } || silo.Cores.Delay > plan.Patience) ComeAgain();
            else silo.Cores.Do(chance.Around(cost.Program * plan.ClusterFactor), () => Commit(silo));
        }

        void Commit(Silo silo)
        {
            if (silo.IsDead) ComeAgain();
            else silo.Commits.Send(chance.Around(cost.Database), isDone =>
            {
                if (isDone && !silo.IsDead) done(agenda.Now - began);
                else ComeAgain();
            });
        }

        void ComeAgain()
        {
            minutes.Refuse();
            agenda.After(chance.Between(1, 3), Try);
        }
    }

    /// <summary>A silo with the web API, and its commit writers.</summary>
    private sealed class Silo(Cores cores, CommitQueue commits)
    {
        public Cores Cores => cores;

        public CommitQueue Commits => commits;

        public int Waiting => cores.Waiting + commits.Waiting;

        /// <summary>Answers nothing, and what it has begun is lost.</summary>
        public bool IsDead { get; set; }
    }
}
