namespace JikoXpress.Testing;

/// <summary>What of Orleans goes by the machine's clock where a test moves the product's.</summary>
public static class MachineTime
{
    public static readonly string[] Areas =
    [
        TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership,
        TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory,
    ];
}
