namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class PassageKeyTests
{
    [Fact]
    public void Create_SameSourceAndOrdinal_NeverChanges() =>
        Assert.Equal("9524abbeabfceee71d5014c5a7e82fac-12", PassageKey.Create("docs/a b.md", 12));

    [Fact]
    public void Create_OtherSourceOrOrdinal_Differs() =>
        Assert.Equal(4, new[] { PassageKey.Create("a", 0), PassageKey.Create("a", 1), PassageKey.Create("b", 0), PassageKey.Create("A", 0) }.Distinct().Count());

    [Fact]
    public void Create_AnySource_HasPlainCharactersOnly() => Assert.Matches("^[0-9a-f]{32}-7$", PassageKey.Create("ä/😀 \"x\".md", 7));

    [Fact]
    public void Create_NegativeOrdinal_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => PassageKey.Create("a", -1));

    [Fact]
    public void Create_LoneSurrogate_IsRefused() => Assert.Throws<ArgumentException>(() => PassageKey.Create("a\ud800", 0));

    [Fact]
    public void CreateUuid_SameSourceAndOrdinal_NeverChanges() =>
        Assert.Equal(new Guid("1eec1085-9201-5b25-bde5-535aac041a89"), PassageKey.CreateUuid("docs/a b.md", 12));

    [Fact]
    public void CreateUuid_OtherSourceOrOrdinal_Differs()
    {
        Guid[] ids = [PassageKey.CreateUuid("a", 0), PassageKey.CreateUuid("a", 1), PassageKey.CreateUuid("a#1", 1), PassageKey.CreateUuid("a", 11), PassageKey.CreateUuid("ä😀", 0)];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((5, true), (id.Version, id.Variant is >= 8 and <= 11)));
    }

    [Fact]
    public void CreateUuid_NegativeOrdinal_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => PassageKey.CreateUuid("a", -1));

    [Fact]
    public void CreateUuid_LoneSurrogate_IsRefused() => Assert.Throws<ArgumentException>(() => PassageKey.CreateUuid("a\ud800", 0));
}
