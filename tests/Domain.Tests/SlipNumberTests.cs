using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests;

public sealed class SlipNumberTests
{
    [Theory]
    [InlineData(147, "0147-9")]
    [InlineData(1, "0001-8")]
    [InlineData(9_999, "9999-4")]
    [InlineData(10_000, "10000-8")]
    [InlineData(999_999_999, "999999999-9")]
    public void A_number_has_four_digits_or_more_and_a_check_digit(int number, string slipNumber)
    {
        Assert.Equal(slipNumber, SlipNumber.Of(number));
        Assert.Equal(number, SlipNumber.Parse(slipNumber));
    }

    [Fact]
    public void Every_number_of_a_long_day_reads_back()
    {
        for (var number = 1; number <= 12_000; number++) Assert.Equal(number, SlipNumber.Parse(SlipNumber.Of(number)));
    }

    [Fact]
    public void A_wrong_digit_is_found_wherever_it_is()
    {
        foreach (var number in new[] { 147, 9_999, 10_000, 8_642 })
        {
            var right = SlipNumber.Of(number);
            for (var place = 0; place < right.Length; place++)
            {
                if (right[place] == '-') continue;
                foreach (var digit in "0123456789".Where(digit => digit != right[place]))
                    Assert.Null(SlipNumber.Parse($"{right[..place]}{digit}{right[(place + 1)..]}"));
            }
        }
    }

    [Fact]
    public void Swapped_neighbours_are_found_save_for_0_and_9()
    {
        for (var number = 1; number <= 9_999; number++)
        {
            var right = SlipNumber.Of(number);
            for (var place = 0; place < 3; place++)
            {
                var (one, other) = (right[place], right[place + 1]);
                if (one == other || (one, other) is ('0', '9') or ('9', '0')) continue;
                Assert.Null(SlipNumber.Parse($"{right[..place]}{other}{one}{right[(place + 2)..]}"));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0147")]
    [InlineData("01479")]
    [InlineData("147-9")]
    [InlineData("00147-9")]
    [InlineData("0147-")]
    [InlineData("0147-99")]
    [InlineData("0147 9")]
    [InlineData(" 0147-9")]
    [InlineData("-147-9")]
    [InlineData("+147-9")]
    [InlineData("0000-0")]
    [InlineData("٠١٤٧-٩")]
    [InlineData("1000000000-9")]
    [InlineData("9999999999-7")]
    [InlineData("99999999999999999999-9")]
    public void Anything_else_is_no_slip_number(string text) => Assert.Null(SlipNumber.Parse(text));
}

public sealed class LuhnTests
{
    [Fact]
    public void The_standard_s_own_example_holds()
    {
        int[] digits = [7, 9, 9, 2, 7, 3, 9, 8, 7, 1];

        Assert.Equal(3, Luhn.CheckDigit(digits));
        Assert.True(Luhn.Holds([.. digits, 3]));
        Assert.False(Luhn.Holds([.. digits, 4]));
    }

    [Fact]
    public void A_check_digit_may_be_zero()
    {
        Assert.Equal(0, Luhn.CheckDigit([0, 0, 0, 0]));
        Assert.Equal(0, Luhn.CheckDigit([0, 0, 5, 7]));
    }
}

public sealed class SlipCodeTests
{
    [Theory]
    [InlineData(0ul, "0000000000000")]
    [InlineData(1ul, "0000000000001")]
    [InlineData(31ul, "000000000000Z")]
    [InlineData(32ul, "0000000000010")]
    [InlineData(ulong.MaxValue, "FZZZZZZZZZZZZ")]
    public void Sixty_four_bits_are_13_characters_of_base_32(ulong bits, string code)
    {
        Assert.Equal(code, SlipCode.Of(bits));
        Assert.Equal(code, SlipCode.Parse(code));
    }

    [Fact]
    public void Each_bit_shows()
    {
        var codes = Enumerable.Range(0, 64).Select(bit => SlipCode.Of(1ul << bit)).ToList();

        Assert.Equal(64, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Equal(code, SlipCode.Parse(code)));
    }

    [Fact]
    public void Letters_that_look_alike_are_never_printed() =>
        Assert.All("ILOU", letter => Assert.DoesNotContain(
            Enumerable.Range(0, 32), value => SlipCode.Of((ulong)value).Contains(letter)));

    [Theory]
    [InlineData("7zq4k9xb2m0td", "7ZQ4K9XB2M0TD")]
    [InlineData("7ZQ4K9XB2MOTD", "7ZQ4K9XB2M0TD")]
    [InlineData("7ZQ4K9XB2moTD", "7ZQ4K9XB2M0TD")]
    [InlineData("IiLl000000000", "1111000000000")]
    public void What_is_typed_reads_as_what_was_printed(string typed, string code) =>
        Assert.Equal(code, SlipCode.Parse(typed));

    [Theory]
    [InlineData("")]
    [InlineData("7ZQ4K9XB2M0T")]
    [InlineData("7ZQ4K9XB2M0TDD")]
    [InlineData("7ZQ4K9XB2M0TU")]
    [InlineData("7ZQ4K9XB2M0T-")]
    [InlineData("7ZQ4K9XB2M0T ")]
    [InlineData("7ZQ4K9XB2M0Tß")]
    public void Anything_else_is_no_slip_code(string typed) => Assert.Null(SlipCode.Parse(typed));
}
