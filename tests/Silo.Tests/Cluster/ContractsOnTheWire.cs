using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Silo.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>What goes through the doors is the same on the other side.</summary>
public sealed class ContractsOnTheWire : IDisposable
{
    private static readonly Guid Id = Guid.Parse("019cadc6-9a80-7b8c-b856-26f5ab91f681");
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 9, 0, 0, 123, TimeSpan.FromHours(3));

    private readonly ServiceProvider services;

    public ContractsOnTheWire()
    {
        var collection = new ServiceCollection();
        collection.AddContracts();
        services = collection.BuildServiceProvider();
    }

    public static TheoryData<object> Sent => new()
    {
        new OpenSession(
            new Caller(CallerKind.Staff, Id, Id, Id), SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup,
            [new LineRequest(Id, 2, "no onions")],
            [new PaymentRequest(PaymentMethod.Cash, new Money(5000), Authorized: new WalletAuthorization(Id, Id, null))],
            Tag: "J\"o\\hn <é> \U0001F600 \u2028", Operation: new Operation(Id, Id)),
        new ConfirmSlip(Caller.Clock, null),
        new SessionMark(3, 4),
        new StockAdjustment(Id, Id, StockAdjustmentKind.Waste, 3, "burnt", Id, Noon),
        new Sequence<StockLevel>([]),
        new HoldReply.Held(7),
        new HoldReply.Short([new StockShortage(Id, 3, 1)]),
        new HoldOutcome.Reserved(Noon),
        new HoldOutcome.Mistaken(),
        new Snapshot<Session>(Session.Initial, 0),
        new Reply<Session>.Refused(
        [
            new Refusal(RefusalStage.State, "insufficient-stock", "Not enough.", "/items", [RefusalDetail.Of("left", 1)],
                [new StockShortage(Id, 3, 1)]),
        ]),
    };

    [Theory, MemberData(nameof(Sent))]
    public void Arrives_as_it_was_sent(object sent) => Assert.Equal(sent, Carried(sent));

    [Theory, MemberData(nameof(Sent))]
    public void A_build_with_Orleans_own_codec_and_this_one_understand_each_other(object sent)
    {
        using var other = WithJsonCodec(Contracts.Contains);

        Assert.Equal(sent, Carried(sent, from: other, to: services));
        Assert.Equal(sent, Carried(sent, from: services, to: other));
    }

    /// <summary>Orleans hands a value over in one piece; a converter may be given it in several.</summary>
    [Fact]
    public void A_stored_session_is_read_from_pieces()
    {
        var sent = new Snapshot<Session>(Session.Initial, 7);
        var pieces = new Pieces(JsonSerializer.SerializeToUtf8Bytes(sent, Contracts.Json), length: 5);
        var reader = new Utf8JsonReader(pieces.Sequence);

        Assert.Equal(sent, JsonSerializer.Deserialize<Snapshot<Session>>(ref reader, Contracts.Json));
    }

    [Fact]
    public void A_type_that_is_no_contract_is_refused()
    {
        using var stranger = WithJsonCodec(_ => true, types => types.AllowAllTypes = true);

        Assert.Throws<InvalidOperationException>(() => Carried(new ProcessStartInfo("sh"), stranger, services));
    }

    [Fact]
    public void A_failure_keeps_its_kind_and_its_reason()
    {
        var arrived = Assert.IsType<StoreBusyException>(
            Carried(new StoreBusyException("Too busy.", new NpgsqlException("No connection."))));

        Assert.Equal("Too busy.", arrived.Message);
        Assert.Equal("No connection.", Assert.IsType<NpgsqlException>(arrived.InnerException).Message);
    }

    public void Dispose() => services.Dispose();

    private static ServiceProvider WithJsonCodec(
        Func<Type, bool> isSent, Action<TypeManifestOptions>? configure = null)
    {
        var collection = new ServiceCollection();
        collection.AddContracts();
        collection.RemoveAll<IGeneralizedCodec>();
        collection.AddSerializer(serializer =>
        {
            serializer.AddJsonSerializer(isSent, isCopyable: _ => false, options => options.Configure(json =>
                json.SerializerOptions = Contracts.Json));
            if (configure is not null) serializer.Configure(configure);
        });
        return collection.BuildServiceProvider();
    }

    private object? Carried(object sent) => Carried(sent, from: services, to: services);

    private static object? Carried(object sent, IServiceProvider from, IServiceProvider to) =>
        to.GetRequiredService<Serializer>().Deserialize<object>(
            from.GetRequiredService<Serializer>().SerializeToArray(sent));

    /// <summary>Bytes in pieces of a length.</summary>
    private sealed class Pieces
    {
        public Pieces(byte[] bytes, int length)
        {
            var first = new Piece(bytes.AsMemory(0, length), before: null);
            var last = first;
            for (var at = length; at < bytes.Length; at += length)
                last = new Piece(bytes.AsMemory(at, Math.Min(length, bytes.Length - at)), last);
            Sequence = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }

        public ReadOnlySequence<byte> Sequence { get; }

        private sealed class Piece : ReadOnlySequenceSegment<byte>
        {
            public Piece(ReadOnlyMemory<byte> bytes, Piece? before)
            {
                Memory = bytes;
                if (before is null) return;
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
