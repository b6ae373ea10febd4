namespace JikoXpress.Pages.Forms;

/// <summary>What is wrong with a form that was sent.</summary>
/// <param name="Field">The name of the field that it is about.</param>
public sealed record FormError(string Field, FormErrorKind Kind)
{
    /// <summary>The shop's own name of the field, where it has one; the summary of errors says it.</summary>
    public string? Label { get; init; }

    /// <summary>Where the field's error stands on the page.</summary>
    public string Id => $"{Field}-error";
}

public enum FormErrorKind
{
    Other = 1, PhoneMissing, PhoneInvalid, PhoneBusy, PhoneAskedTooOften, NameInvalid, EmailInvalid, Unavailable,
    AnswerMissing, NumberInvalid, AmountInvalid, QuantityInvalid,
}
