using System.Reflection;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>A change that names one member changes that one, and what it does not name stays.</summary>
public sealed class ChangedMembersTests
{
    public static TheoryData<string> Settings => NamesOf(typeof(PaymentAccountSettings));

    public static TheoryData<string> Secrets => NamesOf(typeof(PaymentAccountSecrets));

    [Theory, MemberData(nameof(Settings))]
    public void A_setting_of_an_account_changes_alone(string name) =>
        ChangesAlone<PaymentAccountSettings>(name, (before, change) => before.With(change));

    [Theory, MemberData(nameof(Secrets))]
    public void A_secret_of_an_account_changes_alone(string name) =>
        ChangesAlone<PaymentAccountSecrets>(name, (before, change) => before.With(change));

    [Fact]
    public void No_secret_is_in_what_a_log_would_write() =>
        Assert.Equal("secrets of an account", Filled<PaymentAccountSecrets>('a').ToString());

    [Fact]
    public void A_payment_method_keeps_what_a_change_does_not_name()
    {
        var before = new KitchenPaymentMethod(
            Id(53), "Till", "VODACOM", Active: true, ChannelShape.Account, "5551234", "mama", ReceiptRequired: true);

        Assert.Equal(before, new PaymentMethodChange().Of(before));
        Assert.Equal(before with { TillNumber = "5" }, new PaymentMethodChange(TillNumber: "5").Of(before));
        Assert.Equal(before with { Account = "baba" }, new PaymentMethodChange(Account: "baba").Of(before));
        Assert.Equal(before with { ReceiptRequired = false }, new PaymentMethodChange(ReceiptRequired: false).Of(before));
        // An account is of methods by account only.
        Assert.Equal(
            before with { Shape = ChannelShape.Till, Account = null },
            new PaymentMethodChange(Shape: ChannelShape.Till).Of(before));
        Assert.Equal(
            before with { Shape = ChannelShape.Till, Account = "baba" },
            new PaymentMethodChange(Shape: ChannelShape.Till, Account: "baba").Of(before));
        Assert.True(new NewPaymentMethod("Till", "VODACOM").Of(Id(53)).Active);
    }

    private static void ChangesAlone<T>(string name, Func<T, T?, T> with) where T : class
    {
        var (before, change, empty) = (Filled<T>('a'), Filled<T>('b', name), Filled<T>('c', "none"));

        var after = with(before, change);

        Assert.Same(before, with(before, null));
        Assert.Equal(before, with(before, empty));
        Assert.Equal(before, with(empty, before));
        Assert.All(Members(typeof(T)), member => Assert.Equal(
            typeof(T).GetProperty(member.Name!)!.GetValue(member.Name == name ? change : before),
            typeof(T).GetProperty(member.Name!)!.GetValue(after)));
    }

    /// <param name="only">The only member that has a value; null for all.</param>
    private static T Filled<T>(char letter, string? only = null) => (T)Activator.CreateInstance(
        typeof(T),
        [.. Members(typeof(T)).Select(member => only is null || member.Name == only ? Value(member, letter) : null)])!;

    private static object Value(ParameterInfo member, char letter) =>
        member.ParameterType == typeof(string) ? $"{member.Name}-{letter}"
        : member.ParameterType == typeof(bool?) ? letter is 'a'
        : new Money(letter);

    private static ParameterInfo[] Members(Type type) => type.GetConstructors()
        .MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();

    private static TheoryData<string> NamesOf(Type type) => [.. Members(type).Select(member => member.Name!)];
}
