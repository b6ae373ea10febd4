namespace JikoXpress.Simulator;

/// <summary>What a phone does when it rings, by the last three digits of its number: every trouble has one.</summary>
/// <param name="After">From the push to the guest's decision.</param>
/// <param name="Reason">Why the guest, or the network, says no; null for yes.</param>
/// <param name="Extra">What the guest pays beyond what was asked; below zero, less.</param>
public sealed record Script(TimeSpan After, string? Reason = null, long Extra = 0)
{
    /// <summary>How the push itself is answered.</summary>
    public PushAnswer Answer { get; init; }

    /// <summary>How often the outcome is told, all at once.</summary>
    public int Callbacks { get; init; } = 1;

    public Flaw Flaw { get; init; }

    /// <summary>The outcome is told before the push is answered.</summary>
    public bool IsTooFast { get; init; }

    /// <summary>The first story is taken back: a no was a yes, or a yes is called a no.</summary>
    public bool ChangesItsMind { get; init; }

    /// <summary>How many queries meet 404 first.</summary>
    public int Unfindable { get; init; }

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Any other number pays after a second.</summary>
    private static readonly Script Pays = new(Soon);

    private static readonly Dictionary<string, Script> Table = new()
    {
        ["011"] = new(Soon, "Insufficient balance"),
        ["012"] = new(Soon, "Cancelled by the payer"),
        ["013"] = new(Soon, "Wrong PIN"),
        ["014"] = new(TimeSpan.FromSeconds(60), "No answer from the payer"),
        ["021"] = new(Soon) { Answer = PushAnswer.ServerError },
        ["022"] = new(Soon) { Answer = PushAnswer.Silence },
        ["023"] = new(Soon) { Answer = PushAnswer.Refusal },
        ["031"] = new(TimeSpan.Zero) { IsTooFast = true },
        ["032"] = new(Soon) { Callbacks = 2 },
        ["033"] = new(Soon) { Callbacks = 5 },
        ["034"] = new(Soon, "Wrong PIN") { ChangesItsMind = true },
        ["035"] = new(Soon) { ChangesItsMind = true },
        ["036"] = new(TimeSpan.FromMinutes(10)),
        ["037"] = new(Soon) { Callbacks = 0 },
        ["038"] = new(Soon) { Callbacks = 0, Unfindable = 2 },
        ["039"] = new(Soon, Extra: 100),
        ["041"] = new(Soon, Extra: -100),
        ["042"] = new(Soon) { Flaw = Flaw.OtherCurrency },
        ["043"] = new(Soon) { Flaw = Flaw.OtherName },
        ["044"] = new(Soon) { Flaw = Flaw.BadSignature },
        ["045"] = new(Soon) { Flaw = Flaw.NoSignature },
        ["046"] = new(Soon) { Flaw = Flaw.StaleTime },
        ["047"] = new(Soon) { Flaw = Flaw.RepeatedNextDay },
        ["048"] = new(Soon) { Flaw = Flaw.UnknownWord },
    };

    public static Script Of(string phone) => Table.GetValueOrDefault(phone.Length < 3 ? phone : phone[^3..], Pays);
}

public enum PushAnswer { Accepted, ServerError, Silence, Refusal }

/// <summary>What is wrong with the webhook; the answer to a query never has it.</summary>
public enum Flaw { None, OtherCurrency, OtherName, BadSignature, NoSignature, StaleTime, RepeatedNextDay, UnknownWord }
