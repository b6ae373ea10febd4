using System.Net;
using JikoXpress.Payments;
using JikoXpress.WebApi.Load;
using Microsoft.AspNetCore.Http;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>Who shares a bucket with whom.</summary>
public sealed class BucketTests
{
    private static readonly LoadOptions Options = new()
    {
        Address = new Rate(PerSecond: 1, Burst: 1),
        Table = new Rate(PerSecond: 1, Burst: 1),
    };

    // A customer who has one address of IPv6 usually has all with the same first 64 bits; of IPv4 each counts alone.
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::", false)]
    [InlineData("196.41.0.1", "196.41.0.1", true)]
    [InlineData("196.41.0.1", "::ffff:196.41.0.1", true)]
    [InlineData("196.41.0.1", "196.41.0.2", false)]
    public async Task Addresses_of_one_network_are_one_caller(string first, string second, bool shared)
    {
        await using var buckets = new Buckets(Options, new Aggregators([], TimeProvider.System));

        Assert.True(Taken(buckets, first));
        Assert.Equal(!shared, Taken(buckets, second));
    }

    [Theory]
    [InlineData("AB12CD", "ab12cd", true)]
    [InlineData("ab12cd", "Ab12cD", true)]
    [InlineData("AB12CD", "AB12CE", false)]
    public async Task A_table_s_code_is_the_same_in_small_letters(string first, string second, bool shared)
    {
        await using var rates = new TableRates(Options);

        Assert.Null(rates.TooManyVisits(first));
        Assert.Equal(shared, rates.TooManyVisits(second) is not null);
    }

    private static bool Taken(Buckets buckets, string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        using var lease = buckets.Take(http);
        return lease.IsAcquired;
    }
}
