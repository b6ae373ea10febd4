using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Pages.Forms;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Pages;

/// <summary>What a shop wants to know of its customer, as fields of a form.</summary>
internal static class QuestionForms
{
    /// <summary>What a session's page asks: nothing that was said on the link's page before.</summary>
    public static Questions AskedOn(HostedTerms terms) => terms.Link is { Entered: null } link
        ? new Questions(link.CollectsName, link.CollectsPhone, link.CustomFields ?? [])
        : Questions.None;

    public static QuestionAnswers AnswersOf(Form form, Questions questions) => new(
        form[Questions.NameField], form[Questions.ContactField],
        Enumerable.Range(0, questions.Fields.Count).Select(place => form[Questions.FieldOf(place)]).ToSequence());

    /// <summary>The answers as the command has them; null for those that were left empty.</summary>
    public static (string? Contact, Sequence<MetadataEntry>? Fields) Given(
        QuestionAnswers answers, Questions questions, Country country)
    {
        Sequence<MetadataEntry> fields =
        [
            .. questions.Fields
                .Select((field, place) => new MetadataEntry(field.Key, answers.Of(place)))
                .Where(answer => answer.Value.Length > 0),
        ];
        return (
            answers.Contact.Length > 0 ? PhoneReading.Of(answers.Contact, new PhonePlace(country)) : null,
            fields.Count > 0 ? fields : null);
    }

    /// <summary>Null where the refusal is about something else.</summary>
    /// <param name="at">What stands before the pointers of the answers.</param>
    public static FormError? ErrorOf(Refusal refusal, Questions questions, string at = "")
    {
        var kind = refusal.Code is "field-required" ? FormErrorKind.AnswerMissing : (FormErrorKind?)null;
        if (refusal.Pointer == $"{at}/customerDetails/name")
            return new FormError(Questions.NameField, kind ?? FormErrorKind.NameInvalid);
        if (refusal.Pointer == $"{at}/customerDetails/phoneNumber")
            return new FormError(Questions.ContactField, kind ?? FormErrorKind.PhoneInvalid);
        for (var place = 0; place < questions.Fields.Count; place++)
        {
            var field = questions.Fields[place];
            if (refusal.Pointer == $"{at}/customFields/{field.Key}")
                return new FormError(
                    Questions.FieldOf(place),
                    kind ?? (field.Kind is LinkRules.NumberField ? FormErrorKind.NumberInvalid : FormErrorKind.Other))
                {
                    Label = field.Label,
                };
        }

        return null;
    }
}
