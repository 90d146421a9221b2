using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Tests.Persistence;

public sealed class KeyHashTests
{
    public static TheoryData<object, object> EqualKeys => new()
    {
        { 1.0m, 1.00m },
        { 79228162514264337593543950335m, 79228162514264337593543950335m },
        { 0.1m, 0.1000000000000000000000000000m },
        { 0m, -0.00m },
        { 0.0, -0.0 },
        { double.NaN, -double.NaN },
        { 0f, -0f },
        { (Half)0, Half.NegativeZero },
        { new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 1, 1, 14, 0, 0, TimeSpan.FromHours(2)) },
        { new DateTime(1000, DateTimeKind.Utc), new DateTime(1000, DateTimeKind.Local) },
        { "é\ud800", "é\ud800" },
        { ulong.MaxValue, ulong.MaxValue },
        { DayOfWeek.Friday, DayOfWeek.Friday },
    };

    [Theory]
    [MemberData(nameof(EqualKeys))]
    public void Of_EqualKeys_AreTheSame(object left, object right)
    {
        Assert.Equal(left, right);
        Assert.Equal(KeyHash.Of(left), KeyHash.Of(right));
    }

    [Fact]
    public void Of_Keys_AreThoseOfEveryProcess()
    {
        // Written to files: they must never change.
        Assert.Equal([1650444963u, 3306475437u, 1114675946u], [KeyHash.Of("a"), KeyHash.Of(1), KeyHash.Of(Guid.Empty)]);
    }

    [Fact]
    public void Of_ManyKeys_DifferMostly()
    {
        Assert.True(Enumerable.Range(0, 100_000).Select(number => KeyHash.Of(number)).Distinct().Count() > 99_900);
        Assert.True(Enumerable.Range(0, 100_000).Select(number => KeyHash.Of($"passage-{number}")).Distinct().Count() > 99_900);
    }
}
