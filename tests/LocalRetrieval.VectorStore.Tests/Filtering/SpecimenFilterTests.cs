using System.Globalization;
using System.Linq.Expressions;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>Holds random filters against LINQ to objects: indexed or not, of a class or of dictionaries.</summary>
public sealed class SpecimenFilterTests
{
    private const int Count = 300;
    private const int Filters = 500;

    private static readonly List<Specimen> All = Specimens.Make(Count, seed: 11);

    [Theory]
    [InlineData(1, true, "")]
    [InlineData(1, false, "")]
    [InlineData(2, true, "tr-TR")]
    public async Task GetAsync_RandomFilters_FindWhatLinqFinds(int seed, bool isIndexed, string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        VectorStoreCollectionDefinition definition = Specimens.Definition(isIndexed);
        using LocalVectorStore store = new();
        var typed = await Stores.CollectionAsync<int, Specimen>(store, isIndexed ? null : definition);
        var dynamic = store.GetDynamicCollection("dictionaries", definition);
        await dynamic.EnsureCollectionExistsAsync();
        await typed.UpsertAsync(All);
        await dynamic.UpsertAsync(All.Select(Specimens.ToDictionary));
        SpecimenFilters filters = new(seed);
        int matches = 0;

        for (int i = 0; i < Filters; i++)
        {
            Expression<Func<Specimen, bool>> filter = filters.Next();
            int[] expected = [.. All.Where(filter.Compile()).Select(specimen => specimen.Id)];
            int[] found = await typed.GetAsync(filter, Count).Select(specimen => specimen.Id).ToArrayAsync();
            int[] foundDynamically = await dynamic.GetAsync(Specimens.OverDictionaries(filter), Count)
                .Select(record => (int)record[nameof(Specimen.Id)]!).ToArrayAsync();
            Assert.True(expected.SequenceEqual(found), $"{i}: {filter} finds {found.Length}, not {expected.Length}.");
            Assert.True(expected.SequenceEqual(foundDynamically), $"{i}: {filter} over dictionaries finds {foundDynamically.Length}, not {expected.Length}.");
            matches += expected.Length;
        }

        Assert.InRange(matches, Filters * Count / 20, Filters * Count * 3 / 4);
    }
}
