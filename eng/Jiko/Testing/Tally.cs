using System.Xml;
using System.Xml.Linq;

namespace JikoXpress.Jiko.Testing;

/// <summary>How many tests ended how.</summary>
internal readonly record struct Tally(int Passed, int Failed, int Skipped)
{
    public static readonly Tally OneFailure = new(0, 1, 0);

    public int Total => Passed + Failed + Skipped;

    public static Tally operator +(Tally one, Tally other) => new(
        one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped);

    /// <summary>From the report in the form of Visual Studio (TRX) that a test program writes at its end.</summary>
    /// <returns>Null where there is none, or half of one: the program did not come to its end.</returns>
    public static Tally? Read(string report)
    {
        try
        {
            XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
            var outcomes = XDocument.Load(report).Descendants(trx + "UnitTestResult")
                .Select(result => (string?)result.Attribute("outcome")).ToList();
            var passed = outcomes.Count(outcome => outcome == "Passed");
            var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
            // Whatever else may be written there is no success.
            return new Tally(passed, outcomes.Count - passed - skipped, skipped);
        }
        catch (Exception absent) when (absent is XmlException or IOException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
