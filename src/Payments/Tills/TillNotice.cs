using System.Globalization;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>What a till has received, as a forwarder tells it.</summary>
/// <param name="Receipt">Capital letters and digits.</param>
/// <param name="Reference">What the guest has typed as the reference; null when nothing of ours.</param>
/// <param name="PhoneNumber">In E.164; null when it is not told, or is masked.</param>
/// <param name="PaidAt">Null when it is not told.</param>
public sealed record TillNotice(
    string Receipt, string Network, string TillNumber, Money Amount, string? PhoneNumber, DateTimeOffset? PaidAt,
    string? Reference)
{
    /// <summary>Reads a notification; where it cannot be one, the sentence says why.</summary>
    public static (TillNotice? Notice, string? Wrong) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(
                body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, "The body is a JSON object.");
        }
        catch (JsonException)
        {
            return (null, "The body is a JSON object.");
        }
    }

    private static (TillNotice?, string?) Read(JsonElement body)
    {
        if (Text(body, "receipt") is not { } text || ReceiptCode.Of(text) is not { } receipt)
            return (null, "receipt is the network's code, of 4 to 32 letters and digits.");
        if (Text(body, "network") is not { } provider
            || TillNames.NetworkOf(provider) is not { } network || !TillNames.Networks.Contains(network))
            return (null, $"network is one of {string.Join(", ", TillNames.Networks)}.");
        if (Text(body, "tillNumber") is not { Length: > 0 and <= ChannelShapeRules.LongestTillNumber } till
            || !till.All(char.IsAsciiDigit))
            return (null, "tillNumber is a text of digits.");
        if (!body.TryGetProperty("amount", out var number) || number.ValueKind is not JsonValueKind.Number
            || !number.TryGetInt64(out var shillings) || shillings is < 1 or > Money.MostShillings)
            return (null, "amount is a whole number of shillings, from 1 on.");
        if (Text(body, "currency") is not (null or "TZS")) return (null, "currency is TZS.");
        DateTimeOffset? paidAt = null;
        if (Text(body, "paidAt") is { } at)
        {
            if (!DateTimeOffset.TryParse(
                at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                return (null, "paidAt is a time as in 2026-04-30T14:05:00Z.");
            paidAt = moment.ToUniversalTime();
        }

        var phone = Text(body, "phoneNumber") is { } written ? PhoneNumberOf(written) : null;
        return (new TillNotice(
            receipt, network, till, new Money(shillings), phone, paidAt, ReferenceOf(Text(body, "reference"))), null);
    }

    private static string? Text(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()?.Trim()
            : null;

    /// <summary>Networks hide digits of some payers: such a number says nothing.</summary>
    private static string? PhoneNumberOf(string written) =>
        Domain.PhoneNumber.Of(written) is var phone && Domain.PhoneNumber.IsTanzanianMobile(phone) ? phone : null;

    /// <summary>People type small letters, and blanks between groups.</summary>
    private static string? ReferenceOf(string? written)
    {
        if (written is null) return null;
        var typed = new string([.. written.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return PaymentReference.IsOne(typed) ? typed : null;
    }
}
