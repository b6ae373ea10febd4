using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Whoever tries codes of app users at a till has a few tries a minute.</summary>
internal static class WalletCodes
{
    extension(HttpContext http)
    {
        /// <summary>429 for a body with a code, where this caller has tried too many wrong ones.</summary>
        public Problem? TooManyCodes(Sequence<PaymentRequest>? payments) =>
            (payments ?? []).Any(payment => payment.WalletAuthorization is not null)
                ? http.WrongCodes.TooMany(http.Till)
                : null;

        /// <summary>Counts a wrong code against its caller.</summary>
        public Reply<TState> Counted<TState>(Reply<TState> reply)
        {
            if (reply is Reply<TState>.Refused(var refusals)
                && refusals.Any(refusal => refusal.Code == "wallet-authorization-invalid"))
                http.WrongCodes.Count(http.Till);
            return reply;
        }

        private WrongCodes WrongCodes => http.RequestServices.GetRequiredService<WrongCodes>();

        private string Till => $"wallet {http.Principal.DeviceId ?? http.Principal.Id}";
    }
}
