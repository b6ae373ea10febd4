using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>Who may have a prepaid balance, and what may be put on it.</summary>
public static class WalletRules
{
    public static Sequence<Refusal> Broken(NewCustomer customer) =>
    [
        .. FieldRules.Name(customer.Name),
        .. FieldRules.Phone(customer.Phone),
    ];

    public static Sequence<Refusal> Broken(NewAccount account) =>
    [
        .. FieldRules.Name(account.Name),
        .. FieldRules.Phone(account.Phone),
    ];

    public static Sequence<Refusal> Broken(TopUp topUp) =>
    [
        .. IsAttestable(topUp.PaymentMethod)
            ? Array.Empty<Refusal>()
            : [PaymentMethodNotAllowed(topUp.PaymentMethod)],
        .. FieldRules.Amount(topUp.Amount, "/amount"),
        .. topUp is { PaymentMethod: PaymentMethod.KitchenChannel, KitchenPaymentMethodId: null }
            ? [PaymentMethodRequired]
            : Array.Empty<Refusal>(),
        .. topUp is { PaymentMethod: not PaymentMethod.KitchenChannel, KitchenPaymentMethodId: not null }
            ? [PaymentMethodUnwanted]
            : Array.Empty<Refusal>(),
    ];

    public static Sequence<Refusal> BrokenAmount(Money amount, string pointer = "/amount") =>
        [.. FieldRules.Amount(amount, pointer)];

    /// <summary>Where staff put the money, against what the kitchen now owes its customer.</summary>
    public static LedgerTransfer Movement(Guid id, Guid kitchen, Guid customer, TopUp topUp, Guid? device) => new(
        id, LedgerStep.TopUp, 0, kitchen, topUp.PaymentMethod,
        topUp.PaymentMethod switch
        {
            PaymentMethod.Cash => new Account(AccountKind.Drawer, device ?? kitchen),
            PaymentMethod.Card => new Account(AccountKind.CardTerminal, kitchen),
            PaymentMethod.KitchenChannel =>
                new Account(AccountKind.KitchenChannel, topUp.KitchenPaymentMethodId ?? kitchen),
            PaymentMethod.MobileMoney or PaymentMethod.PlatformWallet or PaymentMethod.KitchenWallet =>
                throw new InvalidOperationException("Staff cannot attest this."),
        },
        new Account(AccountKind.KitchenWallet, customer),
        topUp.Amount,
        device);

    /// <summary>The platform's bank account received it, and the platform now owes it to the app user.</summary>
    public static LedgerTransfer PlatformMovement(Guid id, Guid account, Money amount) => new(
        id, LedgerStep.TopUp, 0, Guid.Empty, PaymentMethod.PlatformWallet,
        new Account(AccountKind.PlatformBank, Guid.Empty), new Account(AccountKind.PlatformWallet, account), amount);

    private static bool IsAttestable(PaymentMethod method) =>
        method is PaymentMethod.Cash or PaymentMethod.Card or PaymentMethod.KitchenChannel;
}
