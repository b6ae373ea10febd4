namespace JikoXpress.Domain.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+255600000000")]
    [InlineData("+255799999999")]
    [InlineData("+255700000000")]
    public void Is_a_Tanzanian_mobile(string text) => Assert.True(PhoneNumber.IsTanzanianMobile(text));

    [Theory]
    [InlineData("")]
    [InlineData("+255")]
    [InlineData("0700000000")]
    [InlineData("255700000000")]
    [InlineData("+25570000000")]
    [InlineData("+2557000000000")]
    [InlineData("+255500000000")]
    [InlineData("+255800000000")]
    [InlineData("+255222000000")]
    [InlineData("+254700000000")]
    [InlineData("+255 70000000")]
    [InlineData("+25570000000a")]
    [InlineData("+25570000000\u0660")]
    public void Is_none(string text) => Assert.False(PhoneNumber.IsTanzanianMobile(text));
}
