using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using static JikoXpress.Domain.Sessions.Orders.TicketStatus;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>How a ticket moves.</summary>
public sealed class TicketTests
{
    private static readonly Caller Cook = Cashier with { Id = Id(38) };

    [Theory]
    [InlineData(New, Preparing)]
    [InlineData(New, Served)]
    [InlineData(Ready, Preparing)]
    [InlineData(Served, Ready)]
    [InlineData(New, Cancelled)]
    [InlineData(Ready, Cancelled)]
    public void May_skip_be_called_back_and_be_cancelled(TicketStatus from, TicketStatus to)
    {
        var moved = At(from).Move(new MoveTicket(Cook, to), Sales.Later).Commit();

        Assert.Equal(to, ((Session.Confirmed)moved.Next).After.Ticket);
        Assert.Equal(
            [
                new Effect.MoveOrder(OrderId, OrderStatus.Placed, to),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.TicketMoved(OrderId, to)),
            ],
            moved.Effects);
    }

    [Theory]
    [InlineData(Cancelled, New)]
    [InlineData(Cancelled, Served)]
    [InlineData(Served, Cancelled)]
    public void Is_closed_once_it_is_cancelled_and_not_cancelled_once_it_is_served(TicketStatus from, TicketStatus to) =>
        Assert.Equal("ticket-closed", At(from).Move(new MoveTicket(Cook, to), Sales.Later).Code());

    [Fact]
    public void Moving_it_to_where_it_is_changes_nothing()
    {
        foreach (var status in Enum.GetValues<TicketStatus>())
        {
            Assert.IsType<Decision<Session>.Unchanged>(At(status).Move(new MoveTicket(Cook, status), Sales.Later));
        }
    }

    [Fact]
    public void Belongs_to_the_kitchen_and_to_what_is_paid()
    {
        Assert.Equal("not-found", Sales.InCash.Move(new MoveTicket(Stranger, Ready), Sales.Later).Code());
        Assert.Equal("not-found", Slip.Move(new MoveTicket(Cook, Ready), Noon).Code());
        Assert.Equal("not-found", Session.Initial.Move(new MoveTicket(Cook, Ready), Noon).Code());
        var unborn = Sales.InCash with { OrderState = OrderState.AtBirth with { Ticket = null } };
        Assert.Equal("not-found", unborn.Move(new MoveTicket(Cook, Ready), Noon).Code());
    }

    [Fact]
    public void The_same_move_twice_is_one()
    {
        var command = new MoveTicket(Cook, Ready, Op(3));
        var moved = Sales.InCash.Move(command, Sales.Later).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(3).Id), moved.Move(command, Sales.Later));
    }

    private static Session At(TicketStatus status) =>
        Sales.InCash with { OrderState = OrderState.AtBirth with { Ticket = status } };
}
