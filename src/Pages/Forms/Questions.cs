using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;

namespace JikoXpress.Pages.Forms;

/// <summary>What a shop wants to know of its customer, and what was answered.</summary>
/// <param name="Name">The customer has to say a name.</param>
/// <param name="Contact">The customer has to say a phone number, whichever phone pays.</param>
public sealed record Questions(bool Name, bool Contact, Sequence<CustomField> Fields)
{
    public const string NameField = "name", ContactField = "contact";

    public static Questions None { get; } = new(Name: false, Contact: false, []);

    public bool AreNone => !Name && !Contact && Fields.Count is 0;

    /// <summary>The name of a field in the form: the shop's own key may have any letters.</summary>
    public static string FieldOf(int place) => $"field-{place}";
}

/// <summary>What the customer has entered.</summary>
/// <param name="Fields">One for each of the shop's fields, in their order.</param>
public sealed record QuestionAnswers(string Name, string Contact, Sequence<string> Fields)
{
    public static QuestionAnswers None { get; } = new("", "", []);

    public string Of(int place) => place < Fields.Count ? Fields[place] : "";
}
