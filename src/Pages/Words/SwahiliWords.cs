using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;

namespace JikoXpress.Pages.Words;

internal sealed class SwahiliWords : PageWords
{
    public static SwahiliWords All { get; } = new();

    public override Language Language => Language.Swahili;

    public override string LanguageSwitch => "Lugha";
    public override string TestMode => "Majaribio: hakuna pesa halisi inayokatwa.";
    public override string TryAgain => "Jaribu tena";

    public override string PayTo(string store) => $"Malipo kwa {store}";
    public override string Item => "Bidhaa";
    public override string Quantity => "Idadi";
    public override string Price => "Bei";
    public override string Total => "Jumla";
    public override string Reference => "Namba ya kumbukumbu";
    public override string PayBefore => "Lipa kabla ya";

    public override string Method => "Njia ya malipo";
    public override string MobileMoney => "Malipo kwa simu";
    public override string Phone => "Namba ya simu inayolipa";

    public override string PhoneHint(Country country) => country is Country.Tz
        ? "Mfano: 0754 000 001. Tutatuma ombi la malipo kwenye simu hii."
        : $"Namba ya simu ya nchi ya duka (+{country.CallingCode}). Tutatuma ombi la malipo kwenye simu hii.";

    public override string KnownPhone(string phone) => $"Iache wazi ili kutumia {phone}.";
    public override string Network => "Mtandao";
    public override string NetworkHint => "Badilisha hapa tu kama ulihama mtandao ukabaki na namba yako.";
    public override string NetworkOfNumber => "Mtandao wa namba yangu";
    public override string NetworkGuess => "Inaonekana ni namba ya {0}.";
    public override string ForTheShop => "Jina na barua pepe yako, kwa ajili ya duka (si lazima)";
    public override string YourName => "Jina lako (si lazima)";
    public override string YourEmail => "Barua pepe yako (si lazima)";

    public override string Submit(string submitType, string amount) => submitType switch
    {
        "donate" => $"Changia {amount}",
        "book" => $"Weka nafasi na ulipe {amount}",
        _ => $"Lipa {amount}",
    };

    public override string Sending => "Inatuma…";
    public override string NothingYet => "Hakuna pesa itakayokatwa mpaka uweke PIN yako kwenye simu.";
    public override string Name => "Jina lako";
    public override string Contact => "Namba yako ya simu";
    public override string Choose => "Chagua…";
    public override string Optional(string label) => $"{label} (si lazima)";
    public override string PayByCard => "Lipa kwa kadi";
    public override string CardElsewhere => "Utaweka namba ya kadi kwenye ukurasa salama wa malipo ya kadi, si hapa.";
    public override string Problem => "Kuna tatizo";

    public override string Of(FormError error, Country country) => error.Kind switch
    {
        FormErrorKind.PhoneMissing => "Weka namba ya simu inayolipa.",
        FormErrorKind.PhoneInvalid when country is Country.Tz =>
            "Weka namba sahihi ya simu ya mkononi ya Tanzania, mfano 0754 000 001.",
        FormErrorKind.PhoneInvalid => $"Weka namba ya simu ya mkononi inayoanza na +{country.CallingCode}.",
        FormErrorKind.PhoneBusy => "Simu hii ina ombi lingine la malipo. Likamilishe kwanza, kisha ujaribu tena.",
        FormErrorKind.PhoneAskedTooOften =>
            "Simu hii imetumiwa maombi mengi mno. Subiri kidogo, au tumia namba nyingine.",
        FormErrorKind.Unavailable => "Duka haliwezi kupokea malipo kwa simu kwa sasa. Jaribu tena baadaye.",
        FormErrorKind.NameInvalid => "Weka jina fupi zaidi, bila alama maalumu.",
        FormErrorKind.EmailInvalid => "Weka barua pepe sahihi, mfano jina@example.com.",
        FormErrorKind.AnswerMissing => "Jaza sehemu hii.",
        FormErrorKind.NumberInvalid => "Weka namba.",
        FormErrorKind.AmountInvalid => "Weka kiasi kilicho ndani ya viwango.",
        FormErrorKind.QuantityInvalid => "Weka idadi iliyo ndani ya viwango.",
        FormErrorKind.Other => "Hii haikubaliki. Hakiki ulichoandika.",
    };

    public override string AmountIn(string currency) => $"Kiasi ({currency})";
    public override string Between(string least, string most) => $"Kuanzia {least} hadi {most}.";
    public override string ToPayment => "Endelea kulipa";
    public override string LinkFull =>
        "Wengine wanalipa sasa hivi, huenda nafasi zimekwisha. Jaribu tena baada ya dakika chache.";
    public override string LinkClosed => "Kiungo hiki hakipokei malipo tena. Omba kingine kwa duka.";

    public override string TrialAt(string store) => $"Muda wa bure kwa {store}";
    public override string DueToday => "Ya kulipa leo";
    public override string NothingDueBefore(DateTimeOffset local) => $"Hakuna cha kulipa kabla ya {Moment(local)}";

    public override string DueAfterTrial(string amount, Repeats repeats) =>
        $"{(repeats.Periods is 1 ? "Siku hiyo" : "Kuanzia hapo")} utalipa {amount} {Often(repeats)}{Until(repeats)}: "
        + $"{(repeats.Periods is 1 ? "" : "kila mara ")}tutatuma ombi kwenye simu {repeats.Phone}, "
        + "na hakuna pesa itakayokatwa bila PIN yako. Huhitaji kufanya lolote sasa. Ukilipa leo, malipo ya kwanza "
        + "yatakuwa yamekamilika.";

    public override string PaidAgain(Repeats repeats) => $"Utalipa {Often(repeats)}";

    public override string DueEachTime(string amount, Repeats repeats) =>
        repeats.Periods is 1
            ? $"{amount} mara moja tu, na hakuna pesa itakayokatwa bila PIN yako."
            : $"{amount} {Often(repeats)}{Until(repeats)}: kila mara tutatuma ombi kwenye simu inayolipa sasa, na "
            + "hakuna pesa itakayokatwa bila PIN yako.";

    private static string Until(Repeats repeats) => repeats switch
    {
        { Periods: 1 } => "",
        { Periods: { } periods } => $", mara {periods} kwa jumla",
        { LastDay: { } day } => $", hadi {Day(day)}",
        _ => "",
    };

    private static string Often(Repeats repeats) => (repeats.Interval, repeats.Every) switch
    {
        _ when repeats.Periods is 1 => "mara moja tu",
        (SubscriptionRules.Day, 1) => "kila siku",
        (SubscriptionRules.Day, var days) => $"kila baada ya siku {days}",
        (SubscriptionRules.Week, 1) => "kila wiki",
        (SubscriptionRules.Week, var weeks) => $"kila baada ya wiki {weeks}",
        (SubscriptionRules.Month, 1) => "kila mwezi",
        (SubscriptionRules.Month, var months) => $"kila baada ya miezi {months}",
        (_, 1) => "kila mwaka",
        (_, var years) => $"kila baada ya miaka {years}",
    };

    public override string LookAtYourPhone => "Angalia simu yako";

    public override string Asked(string phone, string amount) =>
        $"Tumetuma ombi la kulipa {amount} kwenye simu {phone}.";

    public override IReadOnlyList<string> StepsOnThePhone { get; } =
    [
        "Fungua ombi la malipo litakalotokea kwenye simu.",
        "Hakiki kiasi.",
        "Weka PIN yako kwenye simu ili kulipa.",
    ];

    public override string Waiting => "Tunasubiri jibu lako kwenye simu…";
    public override string CheckAgain => "Angalia tena";
    public override string NeverHere => "Usiandike PIN yako kwenye ukurasa huu.";

    public override string SlipNumber => "Namba ya karatasi";
    public override string OrAtTheCashier => "Au mwonyeshe keshia karatasi yako, ulipe hapo.";
    public override string AtTheCashier => "Keshia anapokea malipo";
    public override string AtTheCashierNow => "Karatasi hii inalipwa kwa keshia sasa…";

    public override string CardPageOpen => "Umechagua kulipa kwa kadi";
    public override string ToCardPage => "Endelea kwenye ukurasa wa kadi";
    public override string CardPageComing => "Ukurasa wa kadi unaandaliwa…";

    public override string NotPaid => "Malipo hayajafanikiwa";

    public override string Of(Decline decline) => decline switch
    {
        Decline.WrongPin => "PIN haikuwa sahihi. Unaweza kujaribu tena.",
        Decline.TooLittle => "Salio la simu hii halitoshi. Ongeza pesa, au tumia namba nyingine.",
        Decline.Refused => "Ombi limekataliwa kwenye simu. Unaweza kujaribu tena.",
        Decline.NoAnswer => "Ombi kwenye simu halikujibiwa kwa wakati. Unaweza kujaribu tena.",
        Decline.Unreachable =>
            "Simu hii haipatikani. Hakikisha imewashwa na ina mtandao, au tumia namba nyingine.",
        Decline.Silent =>
            "Simu haijajibu. Unaweza kutuma ombi tena, au kutumia namba nyingine. Ombi la kwanza likilipwa baadaye, "
            + "pesa hiyo itarudishwa.",
        Decline.CardRefused => "Kadi haikukubaliwa. Jaribu tena, tumia kadi nyingine, au lipa kwa simu.",
        Decline.CardTooLittle => "Salio la kadi hii halitoshi. Tumia kadi nyingine, au lipa kwa simu.",
        Decline.Other => "Mtandao wa simu haukukubali malipo. Jaribu tena, au tumia namba nyingine.",
    };

    public override string Paid => "Malipo yamekamilika";
    public override string PaidAmount(string amount, string store) => $"Umelipa {amount} kwa {store}. Asante.";
    public override string Continue(string store) => $"Endelea kwa {store}";
    public override string YouCanClose => "Unaweza kufunga ukurasa huu.";
    public override string AwaitsStaff => "Wahudumu wanaangalia oda yako. Ukurasa huu utaonyesha wakiikubali.";
    public override string NotAccepted => "Oda haikukubaliwa";

    public override string NotAcceptedBecause(string store) =>
        $"{store} haikuweza kupokea oda hii. Waulize wahudumu kama bado unaihitaji.";

    public override string WentBack(string amount) => $"{amount} imerudishwa.";
    public override string GoesBack(string amount) => $"{amount} inarudishwa kwenye simu iliyolipa.";
    public override string Over => "Muda wa kulipa umekwisha";
    public override string Cancelled => "Malipo haya yameghairiwa";

    public override string OverBecause =>
        "Ukurasa huu haupokei malipo tena. Kama bado unataka kulipa, anza upya dukani.";

    public override string Underpaid => "Sehemu ya malipo imefika";

    public override string UnderpaidBecause =>
        "Kiasi kilicholipwa kwa simu ni pungufu. Usilipe tena hapa: duka litakueleza la kufanya.";

    public override string Cancel(string store) => $"Ghairi na urudi kwa {store}";
    public override string BackTo(string store) => $"Rudi kwa {store}";

    public override (string Title, string Text) Missing => (
        "Ukurasa huu haupo",
        "Hakiki kiungo ulichopewa na duka, au omba kipya.");

    public override (string Title, string Text) NothingWaits => (
        "Hakuna cha kulipa hapa kwa sasa", "Ukurasa utafunguka wenyewe duka likishaweka kiasi.");

    public override (string Title, string Text) TooMany => (
        "Maombi ni mengi mno", "Subiri sekunde chache, kisha ujaribu tena.");

    public override (string Title, string Text) NotReady => (
        "Ukurasa huu haufanyi kazi kwa sasa",
        "Jaribu tena baada ya muda mfupi. Kama tayari umeweka PIN, usilipe mara ya pili: angalia hapa kwanza.");

    public override (string Title, string Text) Unreadable => (
        "Hii haijakubaliwa", "Rudi kwenye ukurasa, kisha ujaribu tena.");
}
