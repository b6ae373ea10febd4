using JikoXpress.Domain;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Pages;
using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Pages;

/// <summary>What a customer has entered, as the command that it means.</summary>
public sealed class CheckoutFormTests
{
    [Theory]
    [InlineData("TIGO", "TIGO")]
    [InlineData("AIRTEL", "AIRTEL")]
    [InlineData("", null)]
    [InlineData("EVIL", null)]
    public void A_network_that_the_page_does_not_offer_is_that_of_the_number(string sent, string? named)
    {
        var command = CheckoutForms.Command(
            new CheckoutEntries("0754 000 001", sent), Questions.None,
            new PageToken(House.Named(5), "QUJDREVGR0hJSktMTU5PUA"), "https://pay.example/", session: null!, Country.Tz);

        Assert.Equal(("+255754000001", named), (command.PhoneNumber, command.Provider));
        Assert.Empty(command.Broken());
    }
}
