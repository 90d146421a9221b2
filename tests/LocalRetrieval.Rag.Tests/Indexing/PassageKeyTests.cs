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
}
