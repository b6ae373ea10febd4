using JikoXpress.Domain;

namespace JikoXpress.WebApi.Binding;

/// <summary>Reads texts that the web API checks itself, since no rule of the domain checks them.</summary>
internal static class BodyTexts
{
    extension(BodyObject body)
    {
        /// <summary>A printable text of 1 to <paramref name="longest"/> characters; null if absent.</summary>
        public string? ShortText(string name, int longest, bool lineBreaks = false)
        {
            var text = body.Text(name);
            if (text is not null && Wrong(text, longest, lineBreaks) is var (code, message))
            {
                body.Violations.Break(body.Pointer(name), code, message);
            }

            return text;
        }

        /// <summary>As <see cref="ShortText"/>, but required.</summary>
        public string RequiredText(string name, int longest, bool lineBreaks = false) =>
            body.ShortText(name, longest, lineBreaks) ?? body.Violations.Missing(body.Pointer(name), "");

        /// <summary>A Tanzanian mobile number; null if absent.</summary>
        public string? Phone(string name)
        {
            var phone = body.Text(name);
            if (phone is not null && !PhoneNumber.IsTanzanianMobile(phone))
            {
                body.Violations.Break(body.Pointer(name), "phone-invalid",
                    "Not a Tanzanian mobile number: +255, then nine digits beginning with 6 or 7.");
            }

            return phone;
        }
    }

    private static (string Code, string Message)? Wrong(string text, int longest, bool lineBreaks)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
        {
            return ("invalid-text", $"1 to {longest} characters that say something.");
        }

        if (!TextRules.IsPrintable(text, lineBreaks))
        {
            return ("invalid-text", "Control and formatting characters are not accepted.");
        }

        return TextRules.LooksLikeCardNumber(text)
            ? ("card-data-not-accepted", "This looks like a card number; card numbers are never accepted here.")
            : null;
    }
}
