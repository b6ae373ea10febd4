using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions;

/// <summary>The door of one checkout session. Commands are taken one at a time; reads never wait for them.</summary>
public interface ICheckoutSession
{
    Task<Reply<Session>> Open(OpenSession command);

    Task<Reply<Session>> ConfirmSlip(ConfirmSlip command);

    Task<Reply<Session>> Cancel(CancelSession command);

    Task<Reply<Session>> Expire(ExpireSession command);

    Task<Reply<Session>> ReturnMoney(ReturnMoney command);

    /// <summary>Lets the clock end what its time has ended; changes nothing before.</summary>
    Task Lapse();

    /// <summary>The session as it stands now.</summary>
    ValueTask<Snapshot<Session>> Read();
}

/// <summary>Prices a session without opening it. Stateless: it asks the kitchen's menu and stock.</summary>
public interface ISessionPreview
{
    Task<Reply<Quote>> Preview(OpenSession command);
}
