using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Tests.Binding;

/// <summary>Phones as people write them, by the country of the kitchen.</summary>
public sealed class PhoneReadingTests
{
    [Theory]
    [InlineData("KE", "0712345678", "+254712345678")]
    [InlineData("KE", "0712 345-678", "+254712345678")]
    [InlineData("KE", "+254 712 345 678", "+254712345678")]
    [InlineData("KE", "254712345678", "+254712345678")]
    [InlineData("KE", "0110123456", "+254110123456")]
    [InlineData("UG", "0772 123456", "+256772123456")]
    [InlineData("RW", "0788123456", "+250788123456")]
    [InlineData("CI", "07 12 34 56 78", "+2250712345678")]
    [InlineData("CD", "0812345678", "+243812345678")]
    [InlineData("ZM", "0971234567", "+260971234567")]
    [InlineData("GH", "024 123 4567", "+233241234567")]
    [InlineData("TZ", "0712345678", "+255712345678")]
    [InlineData("TZ", "0700 345 678", "+255700345678")] // Given out since 2026; read by our own table.
    public void Are_kept_in_one_form(string country, string written, string kept) =>
        Assert.Equal(kept, Read(written, country));

    /// <summary>What the rules then refuse, as it is no number in E.164 of a country with kitchens.</summary>
    [Theory]
    [InlineData("KE", "+255754000001")] // Of Tanzania.
    [InlineData("KE", "+254202345678")] // A landline in Nairobi.
    [InlineData("KE", "0202345678")]
    [InlineData("KE", "0712345678 ext. 5")]
    [InlineData("KE", "0712")]
    [InlineData("KE", "PILAU")]
    [InlineData("KE", "")]
    [InlineData("KE", "+12125550100")]
    [InlineData("TZ", "+254712345678")]
    [InlineData("TZ", "0222000001")]
    public void What_is_no_mobile_number_of_the_country_is_none(string country, string written) =>
        Assert.False(PhoneNumber.IsMobile(Read(written, country)));

    /// <summary>As of an app user, who may be anywhere.</summary>
    [Theory]
    [InlineData("+254 712 345 678", "+254712345678")]
    [InlineData("0712345678", "+255712345678")]
    [InlineData("+255 712 345 678", "+255712345678")]
    [InlineData("0202345678", "0202345678")] // A mobile number in Ghana, if it had its code.
    [InlineData("+12125550100", "+12125550100")]
    public void Without_a_kitchen_a_number_with_a_code_may_be_of_any_country(string written, string kept) =>
        Assert.Equal(kept, PhoneReading.Of(written, new PhonePlace(Country.Tz, OnlyThere: false)));

    private static string Read(string written, string country) =>
        PhoneReading.Of(
            written,
            new PhonePlace(WireNames.Parse<Country>(country) ?? throw new ArgumentException(country)));
}
