using System.Linq.Expressions;
using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Retrieval.Caching;

public sealed class FilterTextTests
{
    private static int _static = 1;

    private readonly int _field = 1;

    [Fact]
    public void Of_EqualValuesOfOtherVariables_AreEqual()
    {
        string tenant = "a";
        string other = "a";

        // Each call makes a closure of its own.
        Assert.Equal(FilterText.Of(BodyIs(tenant)), FilterText.Of(BodyIs(other)));
        Assert.NotNull(FilterText.Of(BodyIs(tenant)));
    }

    [Fact]
    public void Of_SetThatIsBlindToCase_IsNotToldForOneThatIsNot()
    {
        HashSet<string> exact = ["a"];
        HashSet<string> blind = new(["a"], StringComparer.OrdinalIgnoreCase);

        Assert.NotNull(FilterText.Of(Filter(note => exact.Contains(note.Body))));
        Assert.Null(FilterText.Of(Filter(note => blind.Contains(note.Body))));
    }

    [Fact]
    public void Of_OtherValues_AreOthers()
    {
        List<int> ids = [1, 2];
        string?[] texts =
        [
            FilterText.Of(BodyIs("a")),
            FilterText.Of(BodyIs("b")),
            FilterText.Of(BodyIs("")),
            FilterText.Of(BodyIs(null)),
            FilterText.Of(BodyIs("a 1:b")),
            FilterText.Of(Filter(note => note.Body != "a")),
            FilterText.Of(Filter(note => note.Body.StartsWith('a'))),
            FilterText.Of(Filter(note => note.Body.EndsWith('a'))),
            FilterText.Of(Filter(note => ids.Contains(note.Id))),
            FilterText.Of(Filter(note => !ids.Contains(note.Id))),
            FilterText.Of(Filter(note => new[] { 1, 2, 3 }.Contains(note.Id))),
            FilterText.Of(Filter(note => note.Id == _field)),
            FilterText.Of(Filter(note => note.Id == _field + 1)),
            FilterText.Of(Filter(note => note.Id > 1 || note.Body == "a")),
            FilterText.Of(Filter(note => note.Id > 1 && note.Body == "a")),
        ];

        Assert.All(texts, Assert.NotNull);
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Fact]
    public void Of_ValueThatChanges_IsReadAnew()
    {
        List<int> ids = [1];
        Expression<Func<Note, bool>> listed = note => ids.Contains(note.Id);
        Expression<Func<Note, bool>> shared = note => note.Id == _static;
        (string? Listed, string? Shared) before = (FilterText.Of(listed), FilterText.Of(shared));

        ids.Add(2);
        _static++;

        Assert.NotEqual(before.Listed, FilterText.Of(listed));
        Assert.NotEqual(before.Shared, FilterText.Of(shared));
    }

    [Fact]
    public void Of_ValuesWithoutText_IsNull()
    {
        object tenant = new();
        Uri address = new("http://a");
        Func<Note, bool> allows = note => note.Id == 1;

        Assert.Null(FilterText.Of(Filter(note => note.Body.Equals(tenant))));
        Assert.Null(FilterText.Of(Filter(note => new object[] { address }.Contains(note.Body))));
        Assert.Null(FilterText.Of(Filter(note => allows(note))));
        Assert.Null(FilterText.Of(Filter(note => note.Id == GetTenant())));
        Assert.Null(FilterText.Of(Filter(note => new Note { Id = note.Id }.Body == "")));
        Assert.Null(FilterText.Of(Filter(note => new List<int> { note.Id }.Count == 1)));
    }

    // What an instance gives is not seen: its owner is no value.
    private int GetTenant() => _field;

    private static Expression<Func<Note, bool>> BodyIs(string? body) => note => note.Body == body;

    private static Expression<Func<Note, bool>> Filter(Expression<Func<Note, bool>> filter) => filter;
}
