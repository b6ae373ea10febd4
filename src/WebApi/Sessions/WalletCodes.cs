using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Limits how many wrong wallet codes of app users can be tried per minute at one till.</summary>
internal static class WalletCodes
{
    extension(HttpContext http)
    {
        /// <summary>429 for a body with a code, if this till has sent too many wrong codes.</summary>
        public Problem? TooManyCodes(Sequence<PaymentRequest>? payments) =>
            (payments ?? []).Any(payment => payment.WalletAuthorization is not null)
                ? http.WrongCodes.TooMany(http.Till)
                : null;

        /// <summary>Counts a wrong code for its till.</summary>
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
