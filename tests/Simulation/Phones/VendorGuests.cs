using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;
using JikoXpress.Simulator;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// What guests, networks and the aggregator itself do in a run on the wire: outcomes and defects by chance, where the
/// simulator of a demo has them by the phone's number.
/// </summary>
internal sealed class VendorGuests(Vendor vendor, Universe world, Place place, Dice dice)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Never = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(25);

    private static readonly Flaw[] Flaws =
    [
        Flaw.OtherCurrency, Flaw.OtherName, Flaw.BadSignature, Flaw.NoSignature, Flaw.StaleTime, Flaw.RepeatedNextDay,
        Flaw.UnknownWord,
    ];

    private readonly Dictionary<string, int> typedAgain = [];

    /// <summary>How often a guest typed a reference that was to be paid already.</summary>
    public int TypedAgain(string key) => typedAgain.GetValueOrDefault(key);

    /// <summary>All tokens become old once, and the key that signs is another one from then on.</summary>
    public void Begin()
    {
        if (dice.Chance(0.5)) Later("tokens revoked", vendor.Tokens.Revoke);
        if (dice.Chance(0.5)) Later("keys rotated", vendor.Keys.Rotate);
    }

    public Script ScriptOf(PushBody push)
    {
        var script = Draw(push);
        world.Say(place, $"{vendor.ReferenceOf(push.Reference)}: {script}");
        world.Census.Count($"pushes at {vendor.Name}");
        if (script.Flaw is not Flaw.None) world.Census.Count($"flaws {script.Flaw}");
        if (script.Answer is not PushAnswer.Accepted) world.Census.Count($"pushes answered {script.Answer}");
        if (dice.Chance(0.08)) world.Do(place, () => TakeBack(push, script));
        if (dice.Chance(0.08) && vendor.TakesMore) world.Do(place, () => PayAgain(push, script));
        return script;
    }

    private Script Draw(PushBody push)
    {
        var soon = dice.Between(TimeSpan.Zero, Patience);
        var script = dice.Below(20) switch
        {
            0 or 1 => new Script(soon, dice.Pick("Insufficient balance", "Wrong PIN", "Cancelled by the payer")),
            2 => new Script(Never),
            3 or 4 => new Script(dice.Chance(0.2)
                ? dice.Between(TimeSpan.FromHours(1), TimeSpan.FromHours(8))
                : dice.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30))),
            5 or 6 => new Script(soon, Extra: 500),
            7 or 8 => new Script(soon, Extra: -(push.Amount / 2)),
            9 => new Script(soon, "Wrong PIN") { ChangesItsMind = true },
            10 => new Script(soon) { ChangesItsMind = true },
            11 => new Script(TimeSpan.Zero) { IsTooFast = true },
            _ => new Script(soon),
        };
        return script with
        {
            Answer = dice.Below(12) switch
            {
                0 => PushAnswer.ServerError,
                1 => PushAnswer.Silence,
                2 when dice.Chance(0.5) => PushAnswer.Refusal,
                _ => PushAnswer.Accepted,
            },
            Callbacks = dice.Pick(1, 1, 1, 0, 2, 5),
            // Who has said no is not asked again: that it was wrong has to be told in a form that can be believed.
            Flaw = !script.ChangesItsMind && dice.Chance(0.35) ? dice.Pick(Flaws) : Flaw.None,
            Unfindable = dice.Pick(0, 0, 0, 1, 2),
        };
    }

    private async Task TakeBack(PushBody push, Script script)
    {
        await place.Delay(script.After + dice.Between(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(20)));
        if (!vendor.Books.Reverse(push.Reference)) return;
        world.Say(place, $"{vendor.ReferenceOf(push.Reference)} is taken back by the network");
        world.Census.Count("payments reversed");
    }

    private async Task PayAgain(PushBody push, Script script)
    {
        await place.Delay(script.After + dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)));
        if (vendor.Books.Collections.First(known => known.Push.Reference == push.Reference) is not { IsPaid: true })
            return;
        typedAgain[push.Reference] = TypedAgain(push.Reference) + 1;
        world.Say(place, $"{vendor.ReferenceOf(push.Reference)} is paid once more, by another phone");
        world.Census.Count("payments made again");
        vendor.Books.Pay(push with { Phone = $"+2557199{dice.Below(100_000):D5}" });
    }

    private void Later(string what, Action happen) => world.Do(place, async () =>
    {
        await place.Delay(dice.Between(TimeSpan.Zero, Longest));
        world.Say(place, what);
        world.Census.Count(what);
        happen();
    });
}
