using System.Text.Json;

namespace JikoXpress.Domain.Tests;

public sealed class SequenceTests
{
    private static readonly Sequence<int> OneTwo = [1, 2];

    [Fact]
    public void A_sequence_is_what_it_holds()
    {
        Sequence<int> same = [1, 2];

        Assert.True(OneTwo.Equals(same));
        Assert.True(OneTwo.Equals((object)same));
        Assert.Equal(OneTwo.GetHashCode(), same.GetHashCode());
        Assert.Equal(new StockShortages([new(Id(1), 2, 1)]), new StockShortages([new(Id(1), 2, 1)]));
    }

    [Fact]
    public void Another_order_length_or_item_is_another_sequence()
    {
        foreach (Sequence<int>? other in new[] { [2, 1], [1], [1, 2, 3], [], null, (Sequence<int>?)[1, 3] })
            Assert.False(OneTwo.Equals(other));
        Assert.False(OneTwo.Equals("[1, 2]"));
        Assert.NotEqual(OneTwo.GetHashCode(), ((Sequence<int>)[2, 1]).GetHashCode());
    }

    [Fact]
    public void A_sequence_grows_into_a_new_one()
    {
        Assert.Equal([1, 2, 3], OneTwo.With(3));
        Assert.Equal(2, OneTwo.Count);
        Assert.Equal(2, OneTwo[1]);
        Assert.Equal("[1, 2]", OneTwo.ToString());
        Assert.Same(Sequence<int>.Empty, (Sequence<int>)[]);
    }

    [Fact]
    public void A_sequence_travels_as_an_array()
    {
        Assert.Equal("[1,2]", JsonSerializer.Serialize(OneTwo));
        Assert.Equal(OneTwo, JsonSerializer.Deserialize<Sequence<int>>("[1,2]"));
    }

    private sealed record StockShortages(Sequence<StockShortage> Items);
}
