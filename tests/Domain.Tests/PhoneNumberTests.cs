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

    [Theory]
    [InlineData("+255754000001")]
    [InlineData("0754000001")]
    [InlineData("255754000001")]
    [InlineData("754000001")]
    [InlineData("00255754000001")]
    [InlineData("+255 754 000 001")]
    [InlineData("+255-754-000-001")]
    [InlineData("0754 000 001")]
    [InlineData("(0754) 000.001")]
    [InlineData("+255 (0) 754 000 001")]
    [InlineData(" 0754000001 ")]
    [InlineData("\u202a+255754000001\u202c")] // As an address book copies it.
    [InlineData("0754\u00a0000\u2011001")]
    [InlineData("\uff0b255754000001")]
    [InlineData("0754/000/001")]
    [InlineData("0754\t000001")]
    [InlineData("                              0754000001")] // 40 characters
    [InlineData("\u0660\u0667\u0665\u0664\u0660\u0660\u0660\u0660\u0660\u0661")]
    public void As_people_write_it_it_is_kept_in_one_form(string text) =>
        Assert.Equal("+255754000001", PhoneNumber.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("++255754000001")]
    [InlineData("0754+000001")]
    [InlineData("0754000001 ext. 5")]
    [InlineData("0754PILAU1")]
    [InlineData("+254754000001")]
    [InlineData("+754000001")]
    [InlineData("+00255754000001")]
    [InlineData("1754000001")]
    [InlineData("                               0754000001")] // 41 characters
    [InlineData("0222000001")] // A landline in Dar es Salaam.
    [InlineData("07540000011")]
    [InlineData("075400000")]
    [InlineData("0755255754000001")]
    [InlineData("0754000001, 0754000002")]
    [InlineData("٠٧٥٤ ٠٠٠ ٠٠١ ٠٠١ ٠٠١ ٠٠١ ٠٠١ ٠٠١ ٠٠١ ٠٠١ ٠٠١")]
    public void What_is_no_number_of_a_phone_is_left_as_it_is(string text) => Assert.Equal(text, PhoneNumber.Of(text));
}
