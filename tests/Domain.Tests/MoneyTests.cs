using System.Text.Json;

namespace JikoXpress.Domain.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void Shillings_add_up()
    {
        Assert.Equal(new Money(5), new Money(2) + new Money(3));
        Assert.Equal(new Money(-1), new Money(2) - new Money(3));
        Assert.Equal(new Money(12_000), new Money(4_000) * 3);
        Assert.Equal(new Money(6), new[] { new Money(1), new Money(2), new Money(3) }.Sum());
        Assert.Equal(Money.Zero, Array.Empty<Money>().Sum());
        Assert.Equal("8000", new Money(8_000).ToString());
    }

    [Fact]
    public void Shillings_compare()
    {
        var (less, more) = (new Money(1), new Money(2));

        Assert.True(less < more && more > less && less <= more && more >= less);
        Assert.False(more < less || less > more || more <= less || less >= more);
        Assert.True(less <= new Money(1) && less >= new Money(1));
        Assert.False(less < new Money(1) || less > new Money(1));
        Assert.Equal([less, more], new[] { more, less }.Order());
    }

    [Fact]
    public void An_overflow_is_a_bug_and_throws()
    {
        var most = new Money(long.MaxValue);

        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => new[] { most, new Money(1) }.Sum());
    }

    [Fact]
    public void Money_travels_as_an_integer()
    {
        Assert.Equal("5000", JsonSerializer.Serialize(new Money(5_000)));
        Assert.Equal(new Money(5_000), JsonSerializer.Deserialize<Money>("5000"));
    }

    [Theory]
    [InlineData("5000.5")]
    [InlineData("\"5000\"")]
    [InlineData("null")]
    [InlineData("9223372036854775808")]
    public void Nothing_else_is_money(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Money>(json));
}
