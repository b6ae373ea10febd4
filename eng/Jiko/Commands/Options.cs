using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace JikoXpress.Jiko.Commands;

/// <summary>Options whose values are looked at before anything is done.</summary>
internal static class Options
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <param name="usual">Where nobody gives one.</param>
    public static Option<T> Number<T>(string name, T least, T most, T usual, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = given => Read(name, given, least, most),
        };

    /// <summary>Null where nobody gives one.</summary>
    public static Option<T?> Number<T>(string name, T least, T most, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = given => Read(name, given, least, most),
        };

    /// <summary>Whether somebody gave it.</summary>
    public static bool Has(this SymbolResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };

    private static T Read<T>(string name, ArgumentResult given, T least, T most)
        where T : struct, INumber<T>
    {
        var text = given.Tokens.Count > 0 ? given.Tokens[0].Value : "";
        if (T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        var kind = T.One / (T.One + T.One) == T.Zero ? "a whole number" : "a number";
        given.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{name} takes {kind} from {least} to {most}, not '{text}'."));
        return default;
    }
}
