using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

public sealed class StaffRulesTests
{
    [Theory]
    [InlineData("1234", 4, null)]
    [InlineData("123456", 4, null)]
    [InlineData("0001", 4, null)]
    [InlineData("12345", 6, "pin-invalid")]
    [InlineData("", 4, "pin-invalid")]
    [InlineData("123", 4, "pin-invalid")]
    [InlineData("1234567", 4, "pin-invalid")]
    [InlineData("12a4", 4, "pin-invalid")]
    [InlineData(" 123", 4, "pin-invalid")]
    [InlineData("12\u06634", 4, "pin-invalid")]
    [InlineData("0000", 4, "pin-too-simple")]
    [InlineData("777777", 4, "pin-too-simple")]
    public void A_pin_is_four_to_six_digits_that_are_not_all_the_same(string pin, int shortest, string? code) =>
        Assert.Equal(code is null ? [] : [code], StaffRules.BrokenPin(pin, shortest).Select(refusal => refusal.Code));

    /// <summary>Runs, repetitions, pairs, years, and dates as day, month, year.</summary>
    [Theory]
    [InlineData("1234", true)]
    [InlineData("7890", true)]
    [InlineData("8765", true)]
    [InlineData("2468", true)]
    [InlineData("8642", true)]
    [InlineData("1357", true)]
    [InlineData("123456", true)]
    [InlineData("1212", true)]
    [InlineData("123123", true)]
    [InlineData("1122", true)]
    [InlineData("1899", false)]
    [InlineData("1900", true)]
    [InlineData("1987", true)]
    [InlineData("2005", true)]
    [InlineData("2099", true)]
    [InlineData("2100", false)]
    [InlineData("19870", false)]
    [InlineData("240687", true)]
    [InlineData("311299", true)]
    [InlineData("320187", false)]
    [InlineData("001287", false)]
    [InlineData("241387", false)]
    [InlineData("240087", false)]
    [InlineData("4071", false)]
    [InlineData("83916", false)]
    public void A_pin_that_everybody_tries_first_is_refused_where_money_is_real(string pin, bool tried)
    {
        Assert.Empty(StaffRules.BrokenPin(pin, shortestPin: 4));
        Assert.Equal(
            tried ? ["pin-too-simple"] : [],
            StaffRules.BrokenPin(pin, shortestPin: 4, strict: true).Select(refusal => refusal.Code));
    }

    [Fact]
    public void Who_works_here_has_a_name_and_a_pin()
    {
        Assert.Empty(StaffRules.Broken(new NewStaffMember("Asha", StaffRole.Cashier, "1234"), shortestPin: 4));
        Assert.Equal(
            ["/name", "/pin"],
            StaffRules.Broken(new NewStaffMember("", StaffRole.Cashier, "1"), shortestPin: 4).Select(no => no.Pointer));
        Assert.Equal(["/name"], StaffRules.Broken(new StaffChange(Name: " ")).Select(refusal => refusal.Pointer));
        Assert.Equal(
            ["/name"], StaffRules.Broken(new NewDevice(DeviceKind.Pos, "")).Select(refusal => refusal.Pointer));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    [InlineData(10, 5)]
    [InlineData(15, 15)]
    [InlineData(20, 15)]
    [InlineData(19, 0)]
    [InlineData(1_000, 15)]
    public void Five_wrong_pins_lock_a_number_and_five_more_lock_it_for_longer(int wrong, int minutes) =>
        Assert.Equal(minutes.Minutes, PinTries.LockAfter(wrong));
}
