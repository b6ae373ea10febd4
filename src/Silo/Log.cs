using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The cluster's connections have a new certificate, until {Until:u}.")]
    public static partial void CertificateRenewed(ILogger log, DateTimeOffset until);

    [LoggerMessage(
        2, LogLevel.Error, "The certificate in the files would be refused; connections keep the old one.")]
    public static partial void CertificateRefused(ILogger log, Exception reason);

    [LoggerMessage(3, LogLevel.Warning, "After {Until:u} no other process of the cluster will take the certificate.")]
    public static partial void CertificateEnds(ILogger log, DateTimeOffset until);

    [LoggerMessage(
        4, LogLevel.Warning, "{Member} is in the membership table, but its process has ended: it is declared dead.")]
    public static partial void MemberGone(ILogger log, SiloAddress member);

    [LoggerMessage(
        5, LogLevel.Warning, "The database connection that holds this silo's lease was lost; it is opened again.")]
    public static partial void LeaseFailed(ILogger log, Exception failure);

    [LoggerMessage(6, LogLevel.Information, "{Member} is a member of the cluster.")]
    public static partial void MemberJoined(ILogger log, SiloAddress member);

    [LoggerMessage(7, LogLevel.Warning, "{Member} is no longer a member of the cluster: it has ended, or is dead.")]
    public static partial void MemberLeft(ILogger log, SiloAddress member);
}
