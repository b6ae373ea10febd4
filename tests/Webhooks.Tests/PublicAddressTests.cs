using System.Net;

namespace JikoXpress.Webhooks.Tests;

/// <summary>Which addresses are those of hosts on the internet: each range with its edges, and what is beside it.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("41.59.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.99.255")]
    [InlineData("198.51.101.0")]
    [InlineData("203.0.112.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:200::1")]
    [InlineData("2001:db7:ffff::1")]
    [InlineData("2001:db9::1")]
    [InlineData("2003::1")]
    [InlineData("3ffe:ffff::1")]
    [InlineData("3fff:1000::1")]
    [InlineData("2c0f:fe08::1")]
    public void Public(string address) => Assert.True(PublicAddresses.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.0")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.0.255")]
    [InlineData("192.0.2.0")]
    [InlineData("192.0.2.255")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.0")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.0")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.0")]
    [InlineData("198.51.100.255")]
    [InlineData("203.0.113.0")]
    [InlineData("203.0.113.255")]
    [InlineData("224.0.0.0")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.0")]
    [InlineData("255.255.255.255")]
    public void Not_public(string address) => Assert.False(PublicAddresses.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::")] // unspecified
    [InlineData("::1")] // loopback
    [InlineData("::ffff:127.0.0.1")] // IPv4-mapped
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::7f00:1")] // IPv4-compatible
    [InlineData("::ffff:0:8.8.8.8")] // translated
    [InlineData("64:ff9b::a00:1")] // NAT64
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::1")] // NAT64 within a network
    [InlineData("100::1")] // discarded
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:1ff:ffff::1")]
    [InlineData("2001:db8::1")] // documentation
    [InlineData("2001:db8:ffff::1")]
    [InlineData("2002:a00:1::1")] // 6to4
    [InlineData("2002:808:808::1")]
    [InlineData("3fff::1")] // documentation
    [InlineData("3fff:fff:ffff::1")]
    [InlineData("4000::1")] // not given out
    [InlineData("1fff:ffff::1")]
    [InlineData("5f00::1")] // segments
    [InlineData("fc00::1")] // unique-local
    [InlineData("fd00:ec2::254")] // the metadata of a cloud
    [InlineData("fdff:ffff::1")]
    [InlineData("fe80::1")] // link-local
    [InlineData("fe80::1%1")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")] // site-local
    [InlineData("ff02::1")] // multicast
    [InlineData("2606:4700:4700::1111%2")] // of one interface
    public void Not_public_in_IPv6(string address) => Assert.False(PublicAddresses.Holds(IPAddress.Parse(address)));
}
