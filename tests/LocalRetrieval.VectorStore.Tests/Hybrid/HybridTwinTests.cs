using LocalRetrieval.VectorData.Tests.Indexing.Upkeep;
using LocalRetrieval.VectorData.Tests.Keyword;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Hybrid;

/// <summary>Keyword and hybrid searches of random records beside the formulas, over two texts and vectors of both kinds.</summary>
public sealed class HybridTwinTests
{
    [Theory]
    [InlineData(1, HybridFusionMethod.ReciprocalRank)]
    [InlineData(2, HybridFusionMethod.ReciprocalRank)]
    [InlineData(3, HybridFusionMethod.MinMax)]
    [InlineData(4, HybridFusionMethod.MinMax)]
    [InlineData(5, HybridFusionMethod.ReciprocalRank, IndexKind.QuantizedFlat)]
    [InlineData(6, HybridFusionMethod.MinMax, IndexKind.Hnsw)]
    public async Task Searches_AfterRandomBatches_AreTheNaiveTwins(int seed, HybridFusionMethod method, string kind = IndexKind.Flat)
    {
        Random random = new(seed);
        HybridFusionOptions fusion = new() { Method = method, RankConstant = 7, KeywordWeight = 1.5, Candidates = 10_000 };
        using LocalVectorStore store = new CopyIndexes().Store(options: new() { HybridSearch = fusion });
        VectorStoreCollectionDefinition definition = new() { Properties = [new VectorStoreVectorProperty(nameof(Doc.Dense), 2) { IndexKind = kind }] };
        var docs = await Stores.CollectionAsync<int, Doc>(store, definition);
        Dictionary<int, Doc> live = [];
        for (int round = 0; round < 25; round++)
        {
            Doc[] batch = [.. Enumerable.Range(0, random.Next(150)).Select(_ => Make(random))];
            await docs.UpsertAsync(batch);
            Array.ForEach(batch, doc => live[doc.Id] = doc);
            int[] gone = [.. Enumerable.Range(0, random.Next(15)).Select(_ => random.Next(200))];
            await docs.DeleteAsync(gone);
            Array.ForEach(gone, id => live.Remove(id));

            int number = random.Next(4);
            string[] words = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word(random))];
            bool byTitle = random.Next(2) == 0;
            Stage keywords = await FindKeywordsAsync(docs, words, byTitle, number, KeywordTwin(live.Values, string.Join(' ', words), byTitle, number));
            await AssertHybridAsync(docs, words, byTitle, number, keywords, random, fusion);
        }
    }

    /// <summary>The keyword stage, which is what the formula says.</summary>
    private static async Task<Stage> FindKeywordsAsync(VectorStoreCollection<int, Doc> docs, string[] words, bool byTitle, int number, Dictionary<int, double> expected)
    {
        KeywordSearchOptions<Doc> options = new() { Property = byTitle ? doc => doc.Title : doc => doc.Body, Filter = doc => doc.Number <= number };

        var found = await ((IKeywordSearchable<Doc>)docs).KeywordSearchAsync(string.Join(' ', words), 1000, options).ToListAsync();

        Assert.Equal(expected.Keys.Order(), found.Select(result => result.Record.Id).Order());
        Assert.All(found, result => Assert.Equal(expected[result.Record.Id], result.Score, 1e-9));
        Assert.Equal(found.Select(result => result.Score).OrderDescending(), found.Select(result => result.Score));
        options.Skip = 3;
        Assert.Equal(
            found.Skip(3).Take(4).Select(result => result.Record.Id),
            await ((IKeywordSearchable<Doc>)docs).KeywordSearchAsync(string.Join(' ', words), 4, options).Select(result => result.Record.Id).ToArrayAsync());
        return new([.. found.Select(result => (result.Record.Id, result.Score))]);
    }

    private static async Task AssertHybridAsync(
        VectorStoreCollection<int, Doc> docs, string[] words, bool byTitle, int number, Stage keywords, Random random, HybridFusionOptions fusion)
    {
        object query = random.Next(2) == 0 ? SparseVectors.Random(random, 100) : new float[] { random.NextSingle() + 1, random.NextSingle() };
        HybridSearchOptions<Doc> options = new()
        {
            VectorProperty = query is SparseEmbedding ? doc => doc.Weights : doc => doc.Dense,
            AdditionalProperty = byTitle ? doc => doc.Title : doc => doc.Body,
            Filter = doc => doc.Number <= number,
        };
        Stage vectors = new(await docs.SearchAsync(query, 1000, new() { VectorProperty = options.VectorProperty, Filter = options.Filter })
            .Select(result => (result.Record.Id, result.Score!.Value)).ToArrayAsync());

        var found = await ((IKeywordHybridSearchable<Doc>)docs).HybridSearchAsync(query, words, 1000, options).ToListAsync();

        Assert.Equal(vectors.Ids.Union(keywords.Ids).Order(), found.Select(result => result.Record.Id).Order());
        Assert.Equal(found.Select(result => result.Score).OrderDescending(), found.Select(result => result.Score));
        Assert.All(found, result => Assert.Equal(
            vectors.TermOf(result.Record.Id, fusion) + (fusion.KeywordWeight * keywords.TermOf(result.Record.Id, fusion)), result.Score!.Value, 1e-9));
    }

    private static Dictionary<int, double> KeywordTwin(IEnumerable<Doc> live, string query, bool byTitle, int number)
    {
        Dictionary<int, string> texts = live.Where(doc => (byTitle ? doc.Title : doc.Body) is not null).ToDictionary(doc => doc.Id, doc => (byTitle ? doc.Title : doc.Body)!);
        HashSet<int> allowed = [.. live.Where(doc => doc.Number <= number).Select(doc => doc.Id)];
        return new NaiveBm25(texts, 1.2, 0.75).Search(query).Where(found => allowed.Contains(found.Row)).ToDictionary(found => found.Row, found => found.Score);
    }

    private static Doc Make(Random random) => new()
    {
        Id = random.Next(200),
        Number = random.Next(5),
        Title = random.Next(6) == 0 ? null : Text(random),
        Body = Text(random),
        Weights = random.Next(5) == 0 ? null : SparseVectors.Random(random, 100),
        Dense = random.Next(5) == 0 ? null : [random.NextSingle(), random.NextSingle()],
    };

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(40)).Select(_ => Word(random)));

    private static string Word(Random random) => $"w{(int)(20 * random.NextDouble() * random.NextDouble())}";

    /// <summary>What one search found, best first.</summary>
    private sealed class Stage((int Id, double Score)[] found)
    {
        public IEnumerable<int> Ids => found.Select(item => item.Id);

        public double TermOf(int id, HybridFusionOptions fusion)
        {
            int index = Array.FindIndex(found, item => item.Id == id);
            if (index < 0)
            {
                return 0;
            }

            double spread = found[0].Score - found[^1].Score;
            return fusion.Method == HybridFusionMethod.ReciprocalRank ? 1.0 / (fusion.RankConstant + index + 1)
                : spread > 0 ? (found[index].Score - found[^1].Score) / spread
                : 1;
        }
    }

    private sealed class Doc
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Number { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Title { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Body { get; set; }

        [VectorStoreVector(100)]
        public SparseEmbedding? Weights { get; set; }

        [VectorStoreVector(2, DistanceFunction = DistanceFunction.DotProductSimilarity)]
        public float[]? Dense { get; set; }
    }
}
