using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Tests.Json;

public sealed class ReferenceNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-12", -12)]
    [InlineData("-3.5", -3.5)]
    [InlineData("1e3", 1000)]
    [InlineData("25E-1", 2.5)]
    [InlineData("1.5e+2", 150)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    [InlineData("0.0000000000000000000000000001", 1e-28)]
    [InlineData("1e-320", 1e-320)]
    public void Parse_Number_IsNear(string text, double expected) => Assert.Equal(expected, ReferenceNumber.Parse(text), Math.Abs(expected) * 1e-15);

    [Fact]
    public void Parse_SeventeenDigits_IsDividedNotNearest()
    {
        Assert.Equal(33890000000000002d / 1e16, ReferenceNumber.Parse("3.3890000000000002"));
        Assert.NotEqual(3.3890000000000002, ReferenceNumber.Parse("3.3890000000000002"));
    }
}
