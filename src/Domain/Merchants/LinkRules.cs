using System.Globalization;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.FieldRules;
using static JikoXpress.Domain.Merchants.LinkRefusals;

namespace JikoXpress.Domain.Merchants;

/// <summary>What a link may say, and what its visitors may answer.</summary>
public static class LinkRules
{
    public const string TextField = "text";
    public const string NumberField = "number";
    public const string Dropdown = "dropdown";

    public const int MostFields = 3;
    public const int MostOptions = 50;
    public const int LongestLabel = 80;
    public const int LongestOption = 80;
    public const int LongestAnswer = 255;
    public const int MostPayments = 1_000_000;

    /// <summary>How long a visitor has to pay where the link does not say. The session holds a place so long.</summary>
    public static TimeSpan UsualLife { get; } = TimeSpan.FromMinutes(30);

    private static readonly Sequence<string> Kinds = [TextField, NumberField, Dropdown];

    public static Sequence<Refusal> Broken(MakePaymentLink command)
    {
        var terms = command.Terms;
        return
        [
            .. Amounts(terms),
            .. HostedRules.Broken(OpeningOf(command)),
            .. Quantities(terms.LineItems ?? []),
            .. Message(terms),
            .. Fields(terms.CustomFields),
            .. terms.MostPayments is < 1 or > MostPayments ? [PaymentsOutOfRange] : Array.Empty<Refusal>(),
            .. terms.SessionSeconds is { } seconds
                && (seconds < HostedRules.ShortestLife.TotalSeconds || seconds > HostedRules.LongestLife.TotalSeconds)
                ? [SessionLifeOutOfRange]
                : Array.Empty<Refusal>(),
        ];
    }

    /// <summary>What the store does not take, and what is over before it begins.</summary>
    public static Sequence<Refusal> Broken(MakePaymentLink command, DateTimeOffset now) =>
        command.Terms.ExpiresAt <= now ? [ExpiryOver] : [];

    public static Sequence<Refusal> Broken(ChangePaymentLink command) =>
    [
        .. command is { Active: null, Description: null, SuccessMessage: null }
            ? [NothingToChange]
            : Array.Empty<Refusal>(),
        .. Note(command.Description, "/description", HostedRules.LongestDescription, lineBreaks: true),
        .. Note(command.SuccessMessage, "/successMessage", HostedRules.LongestDescription, lineBreaks: true),
    ];

    /// <summary>A link that sends its customers to an address has no message to show.</summary>
    public static Sequence<Refusal> Broken(ChangePaymentLink command, PaymentLink link) =>
        command.SuccessMessage is not null && link.Terms.SuccessUrl is not null ? [MessageNotAllowed] : [];

    /// <summary>The link as it is after the change.</summary>
    public static PaymentLink With(this PaymentLink link, ChangePaymentLink change) => link with
    {
        Active = change.Active ?? link.Active,
        Terms = link.Terms with
        {
            Description = change.Description ?? link.Terms.Description,
            SuccessMessage = change.SuccessMessage ?? link.Terms.SuccessMessage,
        },
    };

    /// <summary>What is missing or wrong in what a visitor has entered.</summary>
    /// <param name="fields">The pointer of the fields, as in /customFields.</param>
    /// <param name="details">The pointer of the customer's details, as in /customerDetails.</param>
    public static IEnumerable<Refusal> Entered(
        LinkOrigin link, CollectedDetails? entered, string fields, string details)
    {
        if (link.CollectsName && entered?.Name is null) yield return Required($"{details}/name");
        if (link.CollectsPhone && entered?.PhoneNumber is null) yield return Required($"{details}/phoneNumber");
        var answers = (entered?.CustomFields ?? []).ToDictionary(answer => answer.Key, answer => answer.Value);
        foreach (var field in link.CustomFields ?? [])
        {
            var at = $"{fields}/{field.Key}";
            if (!answers.Remove(field.Key, out var answer))
            {
                if (field.Required) yield return Required(at);
                continue;
            }

            foreach (var refusal in Answer(field, answer, at)) yield return refusal;
        }

        foreach (var unknown in answers.Keys) yield return FieldNotKnown($"{fields}/{unknown}");
    }

    private static IEnumerable<Refusal> Answer(CustomField field, string answer, string at) => field.Kind switch
    {
        TextField => Text(answer, at, LongestAnswer),
        NumberField => decimal.TryParse(
            answer, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? []
            : [NotANumber(at)],
        _ => field.Options?.Contains(answer) is true
            ? []
            : [HostedRefusals.UnknownWord(at, string.Join(", ", field.Options ?? []))],
    };

    private static IEnumerable<Refusal> Amounts(LinkTerms terms)
    {
        object?[] ways = [terms.Amount, terms.OpenAmount, terms.LineItems];
        switch (ways.Count(way => way is not null))
        {
            case 0: yield return AmountRequired; break;
            case > 1: yield return AmountTwice; break;
        }

        if (terms.OpenAmount is not var (least, most, preset)) yield break;
        foreach (var broken in Amount(least, "/openAmount/min")) yield return broken;
        foreach (var broken in Amount(most, "/openAmount/max")) yield return broken;
        if (most < least) yield return AmountsReversed;
        else if (preset < least || preset > most) yield return AmountOutOfRange("/openAmount/preset", least, most);
    }

    private static IEnumerable<Refusal> Quantities(Sequence<LinkLine> lines)
    {
        foreach (var (place, line) in lines.Index())
        {
            var at = $"/lineItems/{place}";
            if (line.LeastQuantity is null != line.MostQuantity is null)
            {
                yield return Required(line.LeastQuantity is null ? $"{at}/minQuantity" : $"{at}/maxQuantity");
                continue;
            }

            if (line is not { LeastQuantity: { } least, MostQuantity: { } most }) continue;
            if (least < 1 || most > SessionRules.MostOfOneLine || most < least)
                yield return QuantityOutOfRange($"{at}/maxQuantity", 1, SessionRules.MostOfOneLine);
            else if (line.Quantity < least || line.Quantity > most)
                yield return QuantityOutOfRange($"{at}/quantity", least, most);
        }
    }

    private static IEnumerable<Refusal> Message(LinkTerms terms)
    {
        foreach (var broken in Note(
            terms.SuccessMessage, "/successMessage", HostedRules.LongestDescription, lineBreaks: true))
            yield return broken;
        if (terms is { SuccessMessage: not null, SuccessUrl: not null }) yield return MessageNotAllowed;
    }

    private static IEnumerable<Refusal> Fields(Sequence<CustomField>? fields)
    {
        if (fields is null) yield break;
        if (fields.Count > MostFields) yield return TooManyFields;
        foreach (var (place, field) in fields.Index())
        {
            var at = $"/customFields/{place}";
            foreach (var broken in Text(field.Key, $"{at}/key", HostedRules.LongestMetadataKey)) yield return broken;
            if (fields.Take(place).Any(other => other.Key == field.Key)) yield return KeyTwice($"{at}/key");
            foreach (var broken in Text(field.Label, $"{at}/label", LongestLabel)) yield return broken;
            foreach (var broken in HostedRules.Word(field.Kind, $"{at}/type", Kinds)) yield return broken;
            foreach (var broken in Options(field, $"{at}/options")) yield return broken;
        }
    }

    private static IEnumerable<Refusal> Options(CustomField field, string at)
    {
        if (field.Kind is not Dropdown)
        {
            if (field.Options is not null) yield return OptionsNotAllowed(at);
            yield break;
        }

        if (field.Options is not { Count: > 0 } options)
        {
            yield return Required(at);
            yield break;
        }

        if (options.Count > MostOptions) yield return TooManyOptions(at);
        foreach (var (place, option) in options.Index())
        {
            foreach (var broken in Text(option, $"{at}/{place}", LongestOption)) yield return broken;
        }
    }

    /// <summary>A session as the link opens it, so that what both say has the same rules.</summary>
    private static OpenHosted OpeningOf(MakePaymentLink command)
    {
        var terms = command.Terms;
        return new OpenHosted(
            new Caller(CallerKind.Merchant, command.MerchantId), command.LiveMode, command.StoreId,
            terms.LineItems is null ? terms.Amount ?? new Money(1) : null,
            terms.LineItems?.Select(line => line.Times(line.MostQuantity ?? line.Quantity)).ToSequence(),
            SuccessUrl: terms.SuccessUrl, CancelUrl: terms.CancelUrl, CallbackUrl: terms.CallbackUrl,
            Description: terms.Description, SubmitType: terms.SubmitType, Metadata: terms.Metadata);
    }
}
