using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for customers, app accounts and top-ups, and the ledger transfers of top-ups.</summary>
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

    /// <summary>Debits the account where staff put the money, and credits the customer's balance.</summary>
    public static LedgerTransfer Movement(Guid id, Guid kitchen, Guid customer, TopUp topUp, Guid? device) => new(
        id, LedgerStep.TopUp, 0, kitchen, topUp.PaymentMethod,
        topUp.PaymentMethod switch
        {
            PaymentMethod.Cash => new Account(AccountKind.Drawer, device ?? kitchen),
            PaymentMethod.Card => new Account(AccountKind.CardTerminal, kitchen),
            PaymentMethod.KitchenChannel =>
                new Account(AccountKind.KitchenChannel, topUp.KitchenPaymentMethodId ?? kitchen),
            PaymentMethod.MobileMoney or PaymentMethod.PlatformWallet or PaymentMethod.KitchenWallet =>
                throw new InvalidOperationException("Staff cannot attest this payment method."),
        },
        new Account(AccountKind.KitchenWallet, customer),
        topUp.Amount,
        device);

    /// <summary>Debits the platform's bank account, and credits the app user's balance.</summary>
    public static LedgerTransfer PlatformMovement(Guid id, Guid account, Money amount) => new(
        id, LedgerStep.TopUp, 0, Guid.Empty, PaymentMethod.PlatformWallet,
        new Account(AccountKind.PlatformBank, Guid.Empty), new Account(AccountKind.PlatformWallet, account), amount);

    private static bool IsAttestable(PaymentMethod method) =>
        method is PaymentMethod.Cash or PaymentMethod.Card or PaymentMethod.KitchenChannel;
}
