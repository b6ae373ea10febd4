namespace JikoXpress.WebApi.Problems;

// What the rules of running a kitchen refuse.
internal static partial class ProblemCodes
{
    private static IReadOnlyList<ProblemCode> Management =>
    [
        new(422, "setting-out-of-range",
            "A setting of the kitchen is too small or too large.",
            "errors[].message says what is accepted."),
        new(422, "time-zone-unknown",
            "The time zone is not one of the IANA database.",
            "Send a name such as Africa/Dar_es_Salaam."),
        new(422, "pin-invalid", "A PIN is digits only, as many as the detail says.", "Choose another."),
        new(422, "pin-too-simple", "The PIN is one digit repeated, the first that anybody tries.", "Choose another."),
        new(422, "pairing-code-invalid",
            "The code was never given out, is used already, or is too old.",
            "Let a manager give out a new one, and type it in within five minutes."),
        new(422, "table-code-invalid",
            "This is no table's code, or it has been replaced.",
            "Scan the code on the table again; send what it says without the link before it."),
        new(422, "livemode-mismatch",
            "Some of the kitchens take real money and some do not.",
            "Make a key for each of the two kinds."),
        new(422, "staff-number-out-of-range", "Nobody can have this staff number.", "Type it again."),
        new(401, "pin-wrong",
            "The staff number or the PIN is wrong; which of them is not told.",
            "Type both again. Five wrong tries in a row lock the number for a while; a manager can give a new PIN."),
        new(429, "pin-locked",
            "There were too many wrong tries for this staff number.",
            "Wait as long as Retry-After says, or let a manager give a new PIN."),
        new(409, "phone-taken",
            "Somebody else is known by this phone number already.",
            "Look them up by the number; people have one entry each."),
        new(409, "name-taken",
            "The kitchen has one of this name already.",
            "Choose another name, or change the one that is there."),
        new(409, "last-manager",
            "A kitchen keeps at least one manager who works there.",
            "Make somebody else a manager first."),
        new(409, "limit-reached",
            "The kitchen has as many of these as it can have.",
            "Remove one that is not needed; the detail says how many there may be."),
    ];
}
