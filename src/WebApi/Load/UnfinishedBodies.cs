using JikoXpress.Payments;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// The request bodies of which a part has still to come. A sender has a limited number of them, and so have all
/// together. One more ends the oldest: it is the slowest, and what is sent as fast as usual gets through.
/// </summary>
internal sealed class UnfinishedBodies(LoadOptions options, Aggregators aggregators)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Body> all = [];
    private readonly Dictionary<Sender, LinkedList<Body>> bySender = [];

    public int Count
    {
        get
        {
            lock (gate) return all.Count;
        }
    }

    /// <summary>Counts a body until it is disposed of.</summary>
    /// <param name="giveUp">Ends the wait for it; must not block.</param>
    public IDisposable Begin(HttpContext http, Action giveUp)
    {
        var sender = Sender.Known(http, aggregators);
        lock (gate)
        {
            if (!bySender.TryGetValue(sender, out var own)) bySender[sender] = own = [];
            if (own.Count >= options.Bodies.OfOne) GiveUp(own.First!.Value);
            if (all.Count >= options.Bodies.OfAll) GiveUp(all.First!.Value);
            // The last one of the sender may just have been given up.
            bySender[sender] = own;
            var body = new Body(this, sender, giveUp);
            all.AddLast(body.InAll);
            own.AddLast(body.InOwn);
            return body;
        }
    }

    /// <summary>Under the lock, so that the request cannot end, and its connection not go on, in between.</summary>
    private void GiveUp(Body body)
    {
        Remove(body);
        body.GiveUp();
    }

    private void Remove(Body body)
    {
        if (body.InOwn.List is not { } own) return;
        own.Remove(body.InOwn);
        all.Remove(body.InAll);
        if (own.Count is 0) bySender.Remove(body.Sender);
    }

    private sealed class Body : IDisposable
    {
        private readonly UnfinishedBodies bodies;

        public Body(UnfinishedBodies bodies, Sender sender, Action giveUp)
        {
            this.bodies = bodies;
            (Sender, GiveUp) = (sender, giveUp);
            (InAll, InOwn) = (new(this), new(this));
        }

        public Sender Sender { get; }

        public Action GiveUp { get; }

        public LinkedListNode<Body> InAll { get; }

        public LinkedListNode<Body> InOwn { get; }

        public void Dispose()
        {
            lock (bodies.gate) bodies.Remove(this);
        }
    }
}
