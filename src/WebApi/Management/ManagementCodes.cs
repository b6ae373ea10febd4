namespace JikoXpress.WebApi.Management;

/// <summary>Problem codes of the management rules that many endpoints share, for the API document.</summary>
internal static class ManagementCodes
{
    /// <summary>For bodies with a name.</summary>
    public static string[] Texts { get; } = ["invalid-text", "card-data-not-accepted"];
}
