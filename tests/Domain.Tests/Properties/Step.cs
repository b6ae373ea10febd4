using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>What can be done. Again is the last request once more, as a client sends it that heard no answer.</summary>
internal enum Verb { PayNow, PayOnTheApp, AskForSlip, PaySlip, Cancel, Expire, ReturnMoney, Look, Again }

/// <summary>One thing that somebody does, in a right order or a wrong one.</summary>
/// <param name="Which">To which of the sessions.</param>
/// <param name="Seconds">How long after the step before.</param>
/// <param name="Methods">The total is divided among them.</param>
/// <param name="Off">By how much the payments miss the total.</param>
/// <param name="Key">The caller's key; zero is none.</param>
internal sealed record Step(Verb Verb, int Which, int Seconds, Sequence<PaymentMethod> Methods, int Off, int Key)
{
    public static Gen<Step> Any { get; } =
        from verb in Gen.Frequency(
            (3, Gen.Constant(Verb.PayNow)), (2, Gen.Constant(Verb.PayOnTheApp)), (4, Gen.Constant(Verb.AskForSlip)),
            (8, Gen.Constant(Verb.PaySlip)), (2, Gen.Constant(Verb.Cancel)), (2, Gen.Constant(Verb.Expire)),
            (4, Gen.Constant(Verb.ReturnMoney)), (3, Gen.Constant(Verb.Look)), (2, Gen.Constant(Verb.Again)))
        from which in Gen.Choose(0, 2)
        from seconds in Gen.Elements(0, 0, 0, 1, 30, 60, 120, 299, 300, 301, 600, 899, 900, 901, 86_400)
        from count in Gen.Elements(0, 1, 1, 1, 1, 2, 2, 2, 3, 4)
        from methods in Gen.Elements(Enum.GetValues<PaymentMethod>()).ArrayOf(count)
        from off in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(-1)), (1, Gen.Constant(1)))
        from key in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        select new Step(verb, which, seconds, methods.ToSequence(), off, key);

    public IEnumerable<Step> Simpler()
    {
        if (Verb != Verb.Look) yield return this with { Verb = Verb.Look };
        if (Which > 0) yield return this with { Which = 0 };
        if (Seconds > 0) yield return this with { Seconds = 0 };
        if (Off != 0) yield return this with { Off = 0 };
        if (Key > 0) yield return this with { Key = 0 };
        for (var left = 0; left < Methods.Count; left++)
            yield return this with { Methods = Methods.Where((_, index) => index != left).ToSequence() };
    }

    /// <summary>The payments, which come to the total but for what they are off.</summary>
    public Sequence<PaymentRequest> Payments(long total) => Methods
        .Select((method, index) =>
            (method, amount: total / Methods.Count + (index == 0 ? total % Methods.Count + Off : 0)))
        .Select(payment => payment.method switch
        {
            PaymentMethod.KitchenWallet => Wallet(payment.amount),
            PaymentMethod.KitchenChannel => Lipa(payment.amount),
            var method => new PaymentRequest(method, new Money(payment.amount)),
        })
        .ToSequence();

    /// <summary>Different for different requests.</summary>
    public int Body => Methods.Aggregate(24 + 3 * (int)Verb + Off + 1, (body, method) => 7 * body + (int)method);

    public override string ToString() =>
        $"\n  +{Seconds,5} s  {Verb,-11} #{Which}  {string.Join('+', Methods.Select(method => method.WireName))}"
        + $"{(Off == 0 ? "" : $" off by {Off}")}{(Key == 0 ? "" : $" key {Key}")}";
}
