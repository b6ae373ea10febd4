using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Load;

internal enum SenderKind
{
    Token,
    ApiKey,
    Address,
    Webhook,
}

/// <summary>
/// Who a request is counted for. The name is a hash: neither tokens nor addresses are kept in memory.
/// </summary>
internal readonly record struct Sender(SenderKind Kind, UInt128 Name)
{
    /// <summary>The sender as far as it is known before the token is looked up.</summary>
    public static Sender Of(HttpContext http, Aggregators aggregators)
    {
        if (http.GetRouteValue("adapter") is string adapter)
        {
            // A caller that does not know the path's token must not use up the aggregator's share, nor must one that
            // knows it and sends from elsewhere.
            var address = OfAddress(http);
            return http.GetRouteValue("token") is string path && aggregators.Find(adapter)?.IsItsToken(path) is true
                ? Named(SenderKind.Webhook, SHA256.HashData(Encoding.UTF8.GetBytes($"{adapter} {address.Name}")))
                : address;
        }

        // Where no token is looked up, any text would pass for one, and be a sender of its own.
        var needsToken = http.GetEndpoint()?.Metadata.GetMetadata<AccessPolicy>() is { WithoutToken: false };
        return needsToken && http.BearerToken is { } token
            ? Named(IsOfAProgram(token.Text) ? SenderKind.ApiKey : SenderKind.Token, token.Hash)
            : OfAddress(http);
    }

    /// <summary>
    /// The sender once its token was looked up: staff count for their till, guests for their table, so that signing in
    /// or scanning again does not help.
    /// </summary>
    public static Sender Known(HttpContext http, Aggregators aggregators)
    {
        if (http.Features.Get<Principal>() is not { } caller) return Of(http, aggregators);
        var name = (caller.DeviceId ?? caller.Id).ToByteArray(bigEndian: true);
        return Named(IsOfAProgram(caller.Kind) ? SenderKind.ApiKey : SenderKind.Token, name);
    }

    public static Sender OfAddress(HttpContext http) => OfAddress(http.Connection.RemoteIpAddress);

    /// <summary>An IPv6 customer usually has a whole /64 network, so only the first 64 bits count.</summary>
    public static Sender OfAddress(IPAddress? given)
    {
        var address = (given ?? IPAddress.None).MapToIPv6();
        var bytes = address.GetAddressBytes().AsSpan();
        return Named(SenderKind.Address, SHA256.HashData(address.IsIPv4MappedToIPv6 ? bytes : bytes[..8]));
    }

    /// <summary>API keys of programs have these prefixes; tokens of devices and people have others.</summary>
    private static bool IsOfAProgram(string token) =>
        token.StartsWith("jk_", StringComparison.Ordinal) || token.StartsWith("jx_op_", StringComparison.Ordinal);

    private static bool IsOfAProgram(CallerKind kind) =>
        kind is CallerKind.Bot or CallerKind.Merchant or CallerKind.Operator;

    private static Sender Named(SenderKind kind, byte[] hash) =>
        new(kind, BinaryPrimitives.ReadUInt128BigEndian(hash));
}
