namespace JikoXpress.WebApi.Management;

/// <summary>What the rules of the management can answer at many endpoints, for the API's document.</summary>
internal static class ManagementCodes
{
    /// <summary>Where something has a name.</summary>
    public static string[] Texts { get; } = ["invalid-text", "card-data-not-accepted"];
}
