using JikoXpress.Printing;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Reads the width of the printer's paper from the query.</summary>
internal static class PaperQuery
{
    public static Paper Paper(this Query query) =>
        query.Some("paper", "58", "80").Contains("58") ? Printing.Paper.Roll58 : Printing.Paper.Roll80;
}
