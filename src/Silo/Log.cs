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
}
