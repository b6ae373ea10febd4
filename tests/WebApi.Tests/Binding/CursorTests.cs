using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Tests.Binding;

public sealed class CursorTests
{
    private const string List = "a list";

    [Fact]
    public void What_a_list_gives_out_it_takes_back()
    {
        var moment = new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
        var cursor = new Cursor(moment, Guid.Parse("018f5a3e-7c1b-7d2e-9f00-0123456789ab"));

        Assert.Equal(cursor, Cursors.Read(Cursors.Write(cursor, List), List));
        Assert.Null(Cursors.Read(Cursors.Write(cursor, List), "another list"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(3155378976000000000)] // One more than the last moment of the year 9999.
    public void A_forged_cursor_whose_time_is_none_is_no_cursor(long ticks)
    {
        var place = new byte[24];
        BinaryPrimitives.WriteInt64BigEndian(place, ticks);
        var check = SHA256.HashData([.. place, .. "a list"u8])[..8];

        Assert.Null(Cursors.Read(Base64Url.EncodeToString([.. place, .. check]), List));
    }
}
