using JikoXpress.Printing;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Which paper the caller's printer has.</summary>
internal static class PaperQuery
{
    public static Paper Paper(this Query query) =>
        query.Some("paper", "58", "80").Contains("58") ? Printing.Paper.Roll58 : Printing.Paper.Roll80;
}
