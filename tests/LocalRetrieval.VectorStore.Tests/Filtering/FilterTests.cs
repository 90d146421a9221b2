#pragma warning disable CA1304, CA1307, CA1309, CA1310, CA1862, CA1866, CA2249, CA2251 // What a filter does with strings is what is tested.
using System.Linq.Expressions;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Filtering;

public sealed class FilterTests
{
    private const int Count = 400;

    private static readonly List<Product> All = Products.Make(Count);
    private static readonly int StaticNumber = 7;

    private readonly string _member = "pear";

    [Fact]
    public async Task Filter_Comparisons_AreLinqs()
    {
        int? five = 5;
        int? none = null;
        DateTime day = new(2024, 1, 5);
        long wide = 3;
        await AssertLikeLinq(product => product.Count == 7);
        await AssertLikeLinq(product => 7 != product.Count);
        await AssertLikeLinq(product => product.Count > 15 || 2 >= product.Count);
        await AssertLikeLinq(product => product.Count >= five && product.Count < five + 3);
        await AssertLikeLinq(product => product.Maybe == five);
        await AssertLikeLinq(product => product.Maybe == none);
        await AssertLikeLinq(product => product.Maybe != null && product.Maybe.Value > 3);
        await AssertLikeLinq(product => product.Maybe > 2 && product.Maybe < 5);
        await AssertLikeLinq(product => product.Count == none);
        await AssertLikeLinq(product => product.Small == 3 || product.Small > wide);
        await AssertLikeLinq(product => product.Price >= 0.5 && product.Price < 1.75f);
        await AssertLikeLinq(product => product.Day >= day && product.Day < day.AddDays(2));
        await AssertLikeLinq(product => product.Day == new DateTime(2024, 1, 3));
        await AssertLikeLinq(product => product.Quality == Product.Grade.High || product.Quality < Product.Grade.Middle);
        await AssertLikeLinq(product => product.Count % 3 == 1 && product.Count * 2 < product.Id);
        await AssertLikeLinq(product => product.Id == 17);
    }

    [Fact]
    public async Task Filter_Logic_IsLinqs()
    {
        bool onlyNew = false;
        await AssertLikeLinq(product => true);
        await AssertLikeLinq(product => product.IsNew);
        await AssertLikeLinq(product => !product.IsNew && !(product.Count == 3 || product.Name == "fig"));
        await AssertLikeLinq(product => (product.IsNew ? product.Count : product.Small) > 3);
        await AssertLikeLinq(product => !onlyNew || product.IsNew);
        await AssertLikeLinq(product => product.IsNew ^ product.Count > 10);
    }

    [Fact]
    public async Task Filter_NullChecks_KeepWhatTheyGuardFromRunning()
    {
        Product.Maker? maker = null;
        string? tag = null;
        await AssertLikeLinq(product => product.Name == null || product.Tags != null);
        await AssertLikeLinq(product => maker == null || product.Made!.Country == maker.Country);
        await AssertLikeLinq(product => tag == null || tag.Length == product.Count);
        await AssertLikeLinq(product => product.Made != null && product.Made.Year > 2001);
        await AssertLikeLinq(product => string.IsNullOrEmpty(product.Name));
        await AssertLikeLinq(product => (product.Name ?? "none") == "none");
    }

    [Fact]
    public async Task Filter_Captures_AreLinqs()
    {
        var holder = new { Inner = new { Number = 4 } };
        string text = "app";
        await AssertLikeLinq(product => product.Count == StaticNumber);
        await AssertLikeLinq(product => product.Name == _member);
        await AssertLikeLinq(product => product.Count == holder.Inner.Number);
        await AssertLikeLinq(product => product.Name == text + "le");
        await AssertLikeLinq(product => product.Count == Math.Max(3, text.Length));
        await AssertLikeLinq(product => Math.Abs(product.Count - 10) < 2);
    }

    [Fact]
    public async Task Filter_ContainsBothWays_IsLinqs()
    {
        int[] numbers = [1, 4, 9];
        List<string?> names = ["fig", null, "plum"];
        HashSet<string> ignoringCase = new(StringComparer.OrdinalIgnoreCase) { "APPLE" };
        IEnumerable<int> lazy = Enumerable.Range(0, 12).Where(i => i % 2 == 0);
        await AssertLikeLinq(product => numbers.Contains(product.Count));
        await AssertLikeLinq(product => new[] { "fig", "pear" }.Contains(product.Name));
        await AssertLikeLinq(product => names.Contains(product.Name));
        await AssertLikeLinq(product => product.Name != null && ignoringCase.Contains(product.Name));
        await AssertLikeLinq(product => lazy.Contains(product.Count));
        await AssertLikeLinq(product => numbers.Contains(product.Small));
        await AssertLikeLinq(product => Enumerable.Range(0, 100).ToList().Contains(product.Count));
        await AssertLikeLinq(product => product.Tags != null && product.Tags.Contains("fig"));
        await AssertLikeLinq(product => product.Sizes.Contains(3));
        await AssertLikeLinq(product => product.Tags != null && product.Tags.Contains(product.Name));
        await AssertLikeLinq(product => product.Tags != null && product.Tags.Any());
        await AssertLikeLinq(product => product.Tags != null && product.Tags.Any(tag => names.Contains(tag)));
        await AssertLikeLinq(product => product.Sizes.Any(size => size > 2 && size != product.Small));
        await AssertLikeLinq(product => product.Sizes.All(size => size > 1) && product.Sizes.Count > 0);
    }

    [Fact]
    public async Task Filter_StringFunctions_AreOrdinalUnlessTold()
    {
        await AssertLikeLinq(product => product.Name != null && product.Name.Contains("pp"));
        await AssertLikeLinq(product => product.Name != null && product.Name.StartsWith("App", StringComparison.OrdinalIgnoreCase));
        await AssertLikeLinq(product => product.Name != null && product.Name.Equals("APPLE", StringComparison.OrdinalIgnoreCase));
        await AssertLikeLinq(product => string.Equals(product.Name, "apple"));
        await AssertLikeLinq(product => product.Name != null && product.Name.ToUpperInvariant() == "PEAR");
        await AssertLikeLinq(product => product.Name != null && product.Name.Length == 4);
        await AssertIds(product => product.Name!.StartsWith("e\u0301"), _ => false);
        await AssertIds(product => product.Name!.EndsWith("le"), product => product.Name?.EndsWith("le", StringComparison.Ordinal) == true);
        await AssertIds(product => string.Compare(product.Name, "a") < 0, product => string.CompareOrdinal(product.Name, "a") < 0);
        await AssertIds(product => product.Name!.CompareTo("Z") > 0, product => string.CompareOrdinal(product.Name, "Z") > 0);
        await AssertIds(product => string.Compare(product.Name, "APPLE", true) == 0, product => product.Name?.Equals("apple", StringComparison.OrdinalIgnoreCase) == true);
        await AssertIds(product => product.Name != null && product.Name.IndexOf("e\u0301") < 0, product => product.Name is not null);
        await AssertIds(product => product.Name != null && product.Name.LastIndexOf("p") == 2, product => product.Name?.LastIndexOf('p') == 2);
    }

    [Fact]
    public async Task Filter_NullTextOrCollection_HoldsNothing()
    {
        await AssertIds(product => product.Name!.Contains("pp"), product => product.Name?.Contains("pp", StringComparison.Ordinal) == true);
        await AssertIds(product => !product.Name!.StartsWith("a"), product => product.Name?.StartsWith('a') != true);
        await AssertIds(product => product.Tags!.Contains("fig"), product => product.Tags?.Contains("fig") == true);
        await AssertIds(product => product.Tags!.Any(tag => tag == "fig"), product => product.Tags?.Contains("fig") == true);
    }

    [Fact]
    public async Task Filter_WholeRecord_GetsACopyOfIt()
    {
        await AssertLikeLinq(product => product.Label == "fig-3" || product.Label.StartsWith("plum-1", StringComparison.Ordinal));
        await AssertLikeLinq(product => IsOdd(product) && product.IsNew);
        await AssertLikeLinq(product => product.Vector != null && product.Vector[0] > 0.5f);
    }

    [Fact]
    public async Task Filter_RecordHandedOn_HasItsVectors()
    {
        List<Specimen> specimens = Specimens.Make(50, seed: 3);
        var collection = await Stores.CollectionAsync<int, Specimen>();
        await collection.UpsertAsync(specimens);
        Expression<Func<Specimen, bool>>[] filters =
            [specimen => specimen.Norm > 0.5f, specimen => HasVector(specimen), specimen => ((ISpecimen)specimen).Name == "explicit 7"];

        foreach (Expression<Func<Specimen, bool>> filter in filters)
        {
            Assert.Equal(
                specimens.Where(filter.Compile()).Select(specimen => specimen.Id),
                await collection.GetAsync(filter, 50).Select(specimen => specimen.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task Filter_MethodOfItsOwnCalledContains_IsAskedOfNullToo()
    {
        await AssertLikeLinq(product => Contains(product.Name, null));
        await AssertLikeLinq(product => Contains());
    }

    [Fact]
    public async Task Filter_CollectionsThatChangeAfterTheCall_AreReadAtTheCall()
    {
        HashSet<int> set = [3];
        List<int> list = [3];
        int[] array = [3];
        var collection = await CollectionAsync(Stores.WithoutIndexes<Product>());
        int expected = All.Count(product => product.Count == 3);

        IAsyncEnumerable<Product> bySet = collection.GetAsync(product => set.Contains(product.Count), Count);
        IAsyncEnumerable<Product> byList = collection.GetAsync(product => list.Contains(product.Count), Count);
        IAsyncEnumerable<Product> byArray = collection.GetAsync(product => array.Contains(product.Count), Count);
        set.Clear();
        list.Clear();
        array[0] = 4;

        Assert.Equal([expected, expected, expected], [await bySet.CountAsync(), await byList.CountAsync(), await byArray.CountAsync()]);
    }

    [Fact]
    public async Task Filter_CapturedSequence_IsReadOnce()
    {
        int reads = 0;
        IEnumerable<int> Read()
        {
            reads++;
            yield return 3;
        }

        IEnumerable<int> sequence = Read();
        var collection = await CollectionAsync(Stores.WithoutIndexes<Product>());

        Assert.NotEmpty(await collection.GetAsync(product => sequence.Contains(product.Count), Count).ToListAsync());

        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Filter_DictionaryReadAsAnotherType_ThrowsIndexedOrNot()
    {
        foreach (bool isIndexed in new[] { true, false })
        {
            using LocalVectorStore store = new();
            var collection = store.GetDynamicCollection("docs", Specimens.Definition(isIndexed));
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync(Specimens.Make(5, seed: 1).Select(Specimens.ToDictionary));
            long[] several = [3, 4];

            await Assert.ThrowsAsync<InvalidCastException>(async () => await collection.GetAsync(record => (long)record["Number"]! == 3, 1).ToListAsync());
            await Assert.ThrowsAsync<InvalidCastException>(async () => await collection.GetAsync(record => (double)record["Number"]! > 3, 1).ToListAsync());
            Assert.Empty(await collection.GetAsync(record => several.Contains((long)record["Number"]!), 1).ToListAsync());
        }
    }

    [Fact]
    public async Task Filter_EqualArrays_ComparesTheirElements()
    {
        string[] tags = All.First(product => product.Tags is { Length: 2 }).Tags!;

        await AssertIds(product => product.Tags == tags, product => product.Tags?.SequenceEqual(tags) == true);
    }

    [Fact]
    public async Task Filter_RandomTrees_FindWhatLinqFinds()
    {
        var collection = await CollectionAsync(definition: null);
        RandomFilters filters = new(seed: 5);
        int matches = 0;

        for (int i = 0; i < 400; i++)
        {
            Expression<Func<Product, bool>> filter = filters.Next();
            int[] expected = [.. All.Where(filter.Compile()).Select(product => product.Id)];
            int[] actual = await collection.GetAsync(filter, Count).Select(product => product.Id).ToArrayAsync();
            Assert.True(expected.SequenceEqual(actual), $"{filter} finds {actual.Length}, not {expected.Length}.");
            matches += expected.Length;
        }

        Assert.InRange(matches, 1000, 400 * Count);
    }

    [Fact]
    public async Task SearchAsync_Selective_ReturnsTopWheneverThatManyMatch()
    {
        var collection = await CollectionAsync(definition: null);
        float[] query = [1, 0];
        foreach (int name in Enumerable.Range(0, 20))
        {
            int[] expected =
            [
                .. All.Where(product => product.Count == name && product.Id > 30)
                    .OrderByDescending(product => product.Vector![0] / Math.Sqrt((product.Vector[0] * product.Vector[0]) + (product.Vector[1] * product.Vector[1])))
                    .Take(5).Select(product => product.Id),
            ];

            var found = collection.SearchAsync(query, 5, new() { Filter = product => product.Count == name && product.Id > 30 });

            Assert.Equal(expected, await found.Select(result => result.Record.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task Filter_ThrowsForARow_Throws()
    {
        var collection = await CollectionAsync(definition: null);
        int? none = null;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await collection.GetAsync(product => product.Count == none!.Value, 1).ToListAsync());
        await Assert.ThrowsAsync<NullReferenceException>(async () => await collection.GetAsync(product => product.Made!.Year == 1, 1).ToListAsync());
    }

    [Fact]
    public async Task Filter_NodeThatCannotBeEvaluated_ThrowsNamingIt()
    {
        var collection = await CollectionAsync(definition: null);
        ParameterExpression product = Expression.Parameter(typeof(Product));
        var filter = Expression.Lambda<Func<Product, bool>>(new OddNode(), product);

        var exception = Assert.Throws<NotSupportedException>(() => collection.GetAsync(filter, 1));

        Assert.Contains(nameof(OddNode), exception.Message, StringComparison.Ordinal);
    }

    private static bool HasVector(Specimen specimen) => specimen.Vector is not null;

    private static bool Contains(string? text, string? other) => text == other;

    private static bool Contains() => true;

    private static bool IsOdd(Product product) => product.Count % 2 == 1;

    private static Task AssertLikeLinq(Expression<Func<Product, bool>> filter) => AssertIds(filter, filter.Compile());

    private static async Task AssertIds(Expression<Func<Product, bool>> filter, Func<Product, bool> expected)
    {
        int[] ids = [.. All.Where(expected).Select(product => product.Id)];
        foreach (VectorStoreCollectionDefinition? definition in new[] { null, Stores.WithoutIndexes<Product>() })
        {
            var collection = await CollectionAsync(definition);
            Assert.Equal(ids, await collection.GetAsync(filter, Count).Select(product => product.Id).ToArrayAsync());
            var found = await collection.SearchAsync(new float[] { 1, 1 }, Count, new() { Filter = filter }).Select(result => result.Record.Id).ToArrayAsync();
            Assert.Equal(ids, found.Order());
        }
    }

    private static async Task<VectorStoreCollection<int, Product>> CollectionAsync(VectorStoreCollectionDefinition? definition)
    {
        var collection = await Stores.CollectionAsync<int, Product>(definition: definition);
        await collection.UpsertAsync(All);
        return collection;
    }

    private sealed class OddNode : Expression
    {
        public override ExpressionType NodeType => ExpressionType.Extension;

        public override Type Type => typeof(bool);
    }
}
