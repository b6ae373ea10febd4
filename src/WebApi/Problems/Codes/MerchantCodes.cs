namespace JikoXpress.WebApi.Problems.Codes;

/// <summary>Codes of merchants, their web shops, and the hosted page.</summary>
internal static class MerchantCodes
{
    public static IReadOnlyList<ProblemCode> Shops { get; } =
    [
        new(422, "amount-required",
            "The session says nothing about what there is to pay.", "Send amount, or lineItems."),
        new(422, "amount-not-allowed",
            "What there is to pay is said twice, or the page shows another amount than the session has.",
            "Send lineItems or amount; from the page, send no amount or the session's own."),
        new(422, "currency-not-supported",
            "The store is paid in another currency.", "allowed says in which."),
        new(422, "country-not-supported",
            "The customer would pay in a country whose phones are not rung.", "allowed says where customers pay."),
        new(422, "mode-not-supported",
            "Only single payments are there: no aggregator takes money again without asking the phone.",
            "Send mode payment, and open a session for each payment."),
        new(422, "word-not-known",
            "A word is none of those that this member has; they are in small letters.", "The detail lists them."),
        new(422, "url-invalid",
            "An address is not absolute, not https, too long, or has a password in it. Test keys may name http.",
            "Correct the address; {CHECKOUT_SESSION_ID} may stand in it."),
        new(422, "email-invalid", "A text is not an e-mail address.", "Correct it, or leave it out."),
        new(422, "references-differ",
            "The members clientReferenceId and externalReference are two names of one reference, and have two values.",
            "Send one of them."),
        new(422, "expiry-out-of-range", "A time is too short or too long.", "The detail says the limits."),
        new(422, "store-required",
            "The merchant has several stores, or names none.", "Say which store: it is the id of a kitchen."),
        new(404, "store-not-found",
            "There is no such store, or it belongs to another merchant.", "Name one of the merchant's own stores."),
        new(410, "checkout-expired",
            "The session can no longer be paid: its time is over, or the shop has ended it.",
            "Go back to the shop, which opens another one."),
        new(400, "wallet-not-found",
            "There is no such wallet, or it belongs to another merchant.", "List the merchant's wallets."),
        new(404, "checkout-not-found",
            "The store has no such checkout, or the QR code is none of ours.", "List the store's checkouts."),
        new(409, "checkout-not-active", "The store's checkout is switched off.", "Switch it on, or name another one."),
        new(422, "time-in-future", "A time lies in the future.", "Record what has happened, once it has."),
        new(409, "payout-already-recorded",
            "A payout of this wallet has this reference already.", "List the payouts; it may be there."),
        new(409, "store-taken", "A kitchen is a store of one merchant, and it is one already.",
            "Name other kitchens, or use the merchant that is there."),
        new(409, "key-not-active", "The key was revoked, or replaced by another one.", "List the keys."),
    ];
}
