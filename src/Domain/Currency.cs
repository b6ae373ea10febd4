using System.Globalization;

namespace JikoXpress.Domain;

/// <summary>
/// The money of a kitchen, by its code in ISO 4217: that of the countries in <see cref="Country"/>, and dollars, which
/// are taken in several of them. Amounts are whole numbers of its smallest unit. Nothing is ever converted.
/// </summary>
public enum Currency { Tzs = 1, Cdf, Ghs, Kes, Mwk, Mzn, Ngn, Rwf, Sle, Ugx, Usd, Xaf, Xof, Zmw }

/// <summary>
/// Where a kitchen is, by the country's code in ISO 3166: the phones of its guests are of this country.
/// </summary>
public enum Country { Tz = 1, Bf, Bj, Cd, Cg, Ci, Cm, Ga, Gh, Ke, Mw, Mz, Ng, Rw, Sl, Sn, Ug, Zm }

public static class Currencies
{
    /// <summary>The currency of what has none: the platform's own accounts, and all that was stored before others
    /// were taken.</summary>
    public const Currency OfThePlatform = Currency.Tzs;

    private const int MostDigits = 2;

    extension(Currency currency)
    {
        /// <summary>
        /// The digits after the point, from ISO 4217; except shillings of Tanzania, which has 2 there: cents are not
        /// in use, and amounts are whole shillings.
        /// </summary>
        public int Digits => currency switch
        {
            Currency.Tzs => 0,
            Currency.Rwf or Currency.Ugx or Currency.Xaf or Currency.Xof => 0,
            Currency.Cdf or Currency.Ghs or Currency.Kes or Currency.Mwk or Currency.Mzn or Currency.Ngn => MostDigits,
            Currency.Sle or Currency.Usd or Currency.Zmw => MostDigits,
        };

        /// <summary>As it is stored: null for the usual one.</summary>
        public Currency? UnlessUsual => currency is Currency.Tzs ? null : currency;

        private long Unit => currency.Digits is 0 ? 1 : 100;

        /// <summary>An amount as people write it, without the code, as in 12.50.</summary>
        public string Text(Money amount) => currency.Digits is 0
            ? amount.Shillings.ToString(CultureInfo.InvariantCulture)
            : (amount.Shillings / (decimal)currency.Unit).ToString("F2", CultureInfo.InvariantCulture);

        /// <summary>It has no cents.</summary>
        public bool IsWhole(Money amount) => amount.Shillings % currency.Unit is 0;

        /// <summary>An amount with its code, for sentences, as in 12.50 USD.</summary>
        public string Say(Money amount) => $"{currency.Text(amount)} {currency.WireName}";

        /// <summary>
        /// An amount that others have written, with or without a point; null for anything else: more digits than the
        /// currency has (unless they are zeros), a sign, an exponent, a separator, more than
        /// <see cref="Money.Largest"/>.
        /// </summary>
        public Money? Read(string text)
        {
            var point = text.IndexOf('.', StringComparison.Ordinal);
            var whole = point < 0 ? text : text[..point];
            var fraction = point < 0 ? "" : text[(point + 1)..];
            if (point >= 0 && fraction.Length is 0) return null;
            var digits = currency.Digits;
            if (fraction.Length > digits)
            {
                if (fraction.AsSpan(digits).ContainsAnyExcept('0')) return null;
                fraction = fraction[..digits];
            }

            return long.TryParse(
                whole + fraction.PadRight(digits, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var units)
                && whole.Length > 0 && new Money(units) <= Money.Largest
                    ? new Money(units)
                    : null;
        }

        /// <summary>The only country of which it is the money; null when it is that of several, or of none.</summary>
        public Country? Home
        {
            get
            {
                var homes = Enum.GetValues<Country>().Where(country => country.OwnCurrency == currency).ToList();
                return homes is [var home] ? home : null;
            }
        }

        /// <summary>The countries in which kitchens may sell in it.</summary>
        public IEnumerable<Country> Countries =>
            Enum.GetValues<Country>().Where(country => country.Takes(currency));
    }

    extension(Country country)
    {
        /// <summary>The country's own money.</summary>
        public Currency OwnCurrency => country switch
        {
            Country.Tz => Currency.Tzs,
            Country.Bf or Country.Bj or Country.Ci or Country.Sn => Currency.Xof,
            Country.Cg or Country.Cm or Country.Ga => Currency.Xaf,
            Country.Cd => Currency.Cdf,
            Country.Gh => Currency.Ghs,
            Country.Ke => Currency.Kes,
            Country.Mw => Currency.Mwk,
            Country.Mz => Currency.Mzn,
            Country.Ng => Currency.Ngn,
            Country.Rw => Currency.Rwf,
            Country.Sl => Currency.Sle,
            Country.Ug => Currency.Ugx,
            Country.Zm => Currency.Zmw,
        };

        /// <summary>A kitchen there may sell in this currency: the country's own, or dollars.</summary>
        public bool Takes(Currency currency) => currency is Currency.Usd || currency == country.OwnCurrency;

        /// <summary>The country's code in phone numbers (ITU E.164), without the plus.</summary>
        public string CallingCode => country switch
        {
            Country.Tz => "255",
            Country.Bf => "226",
            Country.Bj => "229",
            Country.Cd => "243",
            Country.Cg => "242",
            Country.Ci => "225",
            Country.Cm => "237",
            Country.Ga => "241",
            Country.Gh => "233",
            Country.Ke => "254",
            Country.Mw => "265",
            Country.Mz => "258",
            Country.Ng => "234",
            Country.Rw => "250",
            Country.Sl => "232",
            Country.Sn => "221",
            Country.Ug => "256",
            Country.Zm => "260",
        };
    }
}
