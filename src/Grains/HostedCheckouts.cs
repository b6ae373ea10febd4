using System.Buffers.Text;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>The commands of a session that a merchant's web shop opens and the hosted page pays.</summary>
internal sealed partial class CheckoutSessionGrain
{
    public async Task<Reply<Session>> OpenHosted(OpenHosted command, CancellationToken cancellation)
    {
        try
        {
            return await OpenHosted(command);
        }
        finally
        {
            LeaveMemoryIfIdle();
        }
    }

    public async Task<Reply<Session>> PayHosted(PayHosted command, CancellationToken cancellation)
    {
        var current = await actor.Current();
        var facts = await services.Facts.Gather(current.State, command.By, payments: null);
        if (facts is null) return Refused(SessionRefusals.NotFound);
        if (current.State is Session.Opened { Opening.Hosted: null } slip) return await PaySlip(command, slip, facts);
        var pushes = command.IsByCard
            ? await services.Facts.CardPageFor(current.State, services.Ids)
            : await services.Facts.PushesFor(current.State, services.Ids);
        return await Decide(
            command.Operation, (session, now) => session.PayHosted(command, facts.Kitchen, pushes, now));
    }

    private async Task<Reply<Session>> PaySlip(PayHosted command, Session session, SessionFacts facts)
    {
        var ids = new PaymentIds(
            services.Ids.Next(), services.Ids.Several(1), await services.Facts.PushesFor(session, services.Ids));
        return await Decide(command.Operation, (slip, now) => slip.PaySlip(command, facts, ids, now));
    }

    /// <summary>As an opening with items, but there is nothing to keep: the inventory gives the number only.</summary>
    private async Task<Reply<Session>> OpenHosted(OpenHosted command)
    {
        if (command.Operation is null) actor.AssumeNew();
        var link = await services.Facts.LinkOf(command);
        var facts = await services.Facts.Gather(link?.StoreId ?? command.StoreId, payments: null);
        if (command.PaymentLinkId is not null && link is null)
            return Refused(command.Broken() is { Count: > 0 } wrong ? wrong : [LinkRefusals.NotFound]);
        if (facts is null || facts.Kitchen.LiveMode != command.LiveMode)
            return Refused(command.Broken() is { Count: > 0 } broken ? broken : [HostedRefusals.NamedStoreNotFound]);

        var register = await services.Facts.Register(command, facts.Kitchen.Id);
        if (register is not null || command.Settles is not null) facts = await services.Facts.InCompany(facts);
        var begun = services.Clock.GetUtcNow();
        for (var attempt = 1; attempt <= MostOpeningTries; attempt++)
        {
            var current = await actor.Current();
            if (current.State.AnswerTo(command.Operation) is { } answer) return await actor.Answer(answer, current);
            if (current.State is Session.Opened)
                return new Reply<Session>.Accepted(current.State, current.Version);
            if (await services.UsedElsewhere(command.Operation)) return Refused(SessionRefusals.IdempotencyKeyReused);

            var now = services.Clock.GetUtcNow();
            var today = facts.Kitchen.Settings.BusinessDateOf(now);
            if (await services.Inventories.Hold(facts.Kitchen.Id, id, [], today) is not HoldReply.Held(var number))
                throw new InvalidOperationException("There is always enough of nothing.");
            CallerPatience.Check(begun, services.Clock.GetUtcNow());
            var decision = current.State.OpenHosted(command, facts, NewIds(number, today), now, register, link);
            var reply = await Carry(current, decision, command.Operation, now);
            if (reply is not null)
            {
                await services.Inventories.ResolveHold(
                    facts.Kitchen.Id, id, new HoldOutcome.Freed(), deadline: null);
                return reply;
            }
        }

        return Refused(SessionRefusals.Overloaded);
    }

    private HostedIds NewIds(int number, DateOnly today) => new(
        id, services.Ids.Next(), number, today, $"CR{SlipCode.Of(services.Ids.Bits())}", NewKey(), NewKey());

    /// <summary>128 bits that nobody can guess, in 22 letters that an address can have.</summary>
    private string NewKey() =>
        Base64Url.EncodeToString(
            [.. BitConverter.GetBytes(services.Ids.Bits()), .. BitConverter.GetBytes(services.Ids.Bits())]);
}
