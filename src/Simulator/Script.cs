namespace JikoXpress.Simulator;

/// <summary>
/// How a phone reacts to a push. The last three digits of its number choose the script; each fault has its own.
/// </summary>
/// <param name="After">The time from the push to the guest's decision.</param>
/// <param name="Reason">Why the guest, or the network, declines; null when the guest pays.</param>
/// <param name="Extra">The amount paid above what was asked; negative when the guest pays less.</param>
public sealed record Script(TimeSpan After, string? Reason = null, long Extra = 0)
{
    /// <summary>How the push itself is answered.</summary>
    public PushAnswer Answer { get; init; }

    /// <summary>How often the outcome's webhook is sent, all at once.</summary>
    public int Callbacks { get; init; } = 1;

    public Flaw Flaw { get; init; }

    /// <summary>The outcome's webhook is sent before the push is answered.</summary>
    public bool IsTooFast { get; init; }

    /// <summary>
    /// A second webhook contradicts the first: after a failure the guest pays, or after a success it says FAILED.
    /// </summary>
    public bool ChangesItsMind { get; init; }

    /// <summary>The network refuses money that is sent to this phone.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>How many queries are answered with 404 at first.</summary>
    public int Unfindable { get; init; }

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The script of all other numbers: the guest pays after a second.</summary>
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
        ["051"] = new(Soon) { TakesNothing = true },
    };

    public static Script Of(string phone) => Table.GetValueOrDefault(phone.Length < 3 ? phone : phone[^3..], Pays);
}

public enum PushAnswer { Accepted, ServerError, Silence, Refusal }

/// <summary>The fault in the webhook; answers to queries never have it.</summary>
public enum Flaw { None, OtherCurrency, OtherName, BadSignature, NoSignature, StaleTime, RepeatedNextDay, UnknownWord }
