using JikoXpress.Simulation.Schedule;

namespace JikoXpress.Simulation.Faults;

/// <summary>
/// Where hosts die in this run. The first point goes round with the seed, so that a campaign comes by all of them; the
/// others are chance.
/// </summary>
internal sealed class Crashes
{
    private const int MostPasses = 6;

    private static readonly Act[] OfPeriods =
    [
        Act.CommitPeriod, Act.CommitPeriodAsk, Act.CommitPeriodOver, Act.ClaimSubscriptions, Act.CountPeriod,
        Act.NoteAsking, Act.StoreSubscription, Act.ChangeSubscription,
    ];

    private readonly List<Armed> armed = [];

    public Crashes(ulong seed, Dice dice)
    {
        var points = CrashPoint.All;
        Aim = points[(int)(seed % (ulong)points.Count)];
        armed.Add(new Armed(Aim, dice.Between(1, 2)));
        for (var more = dice.Below(4); more > 0; more--)
            armed.Add(new Armed(dice.Pick(points), dice.Between(1, MostPasses)));
    }

    /// <summary>The point that this run is about.</summary>
    public CrashPoint Aim { get; }

    /// <summary>A point that few runs come by, so that this one has to be longer and rougher.</summary>
    public bool AimsAtRarity => Aim.Act is Act.LookSoon or Act.PostponeRefund or Act.PayBack or Act.ParkEvent
        or Act.FinishEvent or Act.LoadWallets or Act.LoadCodes or Act.FindCustomer or Act.FindDeadlines;

    /// <summary>A point at which nobody knows whether a phone rings.</summary>
    public bool AimsAtPushes => Aim.Act is Act.PushPhone or Act.LookAgain;

    /// <summary>A point that only subscriptions come by.</summary>
    public bool AimsAtPeriods => OfPeriods.Contains(Aim.Act);

    /// <summary>In runs of days hosts die later on, too, and mostly at the steps of subscriptions.</summary>
    public void GoOn(Dice dice)
    {
        for (var more = dice.Between(1, 6); more > 0; more--)
        {
            armed.Add(new Armed(
                dice.Chance(0.7) ? new CrashPoint(dice.Pick(OfPeriods), dice.Pick(Side.Before, Side.After))
                    : dice.Pick(CrashPoint.All),
                dice.Between(1, 4 * MostPasses)));
        }
    }

    /// <summary>Somebody comes by; true when that is the end of the host.</summary>
    public bool IsHere(CrashPoint point)
    {
        foreach (var trap in armed)
        {
            if (trap.Point != point || --trap.PassesLeft > 0) continue;
            armed.Remove(trap);
            return true;
        }

        return false;
    }

    public void Stop() => armed.Clear();

    private sealed class Armed(CrashPoint point, int passesLeft)
    {
        public CrashPoint Point => point;
        public int PassesLeft { get; set; } = passesLeft;
    }
}
