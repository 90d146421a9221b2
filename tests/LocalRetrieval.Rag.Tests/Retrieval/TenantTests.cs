using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Two tenants whose passages stand in the same sources: none ever sees what the other has, whatever stages do.</summary>
public sealed partial class TenantTests : IDisposable
{
    private const int Corpora = 60;

    private static readonly string[] Words = ["pump", "valve", "chain", "oil", "bike", "hall", "manual", "error", "4711", "stops"];

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    /// <summary>Vectors, words, reranking, selection, joining: over random corpora, queries and options, in one collection or two.</summary>
    [Fact]
    public async Task RetrieveAsync_AnyCorpusAndOptions_ShowsATenantItsOwnAlone()
    {
        int joined = 0;
        int named = 0;
        for (int seed = 0; seed < Corpora; seed++)
        {
            Random random = new(seed);
            IReadOnlyList<VectorStoreCollection<string, Passage>> collections = await FillAsync(random, seed);
            FakeReranker reranker = new();
            PassageRetriever<string, Passage> retriever = new(collections, _generator, random.Next(2) == 0 ? reranker : null, new PassageRetrieverOptions<Passage> { RequireFilter = true });
            foreach (string tenant in (string[])["red", "blue"])
            {
                RetrievalResult<Passage> result = await retriever.RetrieveAsync(Sentence(random, 3), Asking(random, tenant));

                AssertOwn(result, tenant, seed);
                Assert.All(reranker.Requests, request => Assert.All(request, text => Assert.Contains(tenant, text, StringComparison.Ordinal)));
                reranker.Requests.Clear();
                joined += result.Passages.Count(passage => passage.Text != passage.Record.Text);
                named += result.Passages.Sum(passage => passage.AlsoIn.Count);
            }
        }

        // What is never joined or named would show nothing.
        Assert.True(joined > 50, $"{joined} were joined.");
        Assert.True(named > 10, $"{named} were named.");
    }

    /// <summary>All that a result tells is of one tenant: texts that are returned, joined or only candidates, and what they are also in.</summary>
    private static void AssertOwn(RetrievalResult<Passage> result, string tenant, int seed)
    {
        string other = tenant == "red" ? "blue" : "red";
        foreach (RetrievedPassage<Passage> passage in result.Passages.Concat(result.Candidates.Cast<RetrievedPassage<Passage>>()))
        {
            Assert.Equal((seed, tenant), (seed, passage.Record.Scope));
            Assert.DoesNotContain(other, passage.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(other, passage.Omission ?? "", StringComparison.Ordinal);
            Assert.All(passage.AlsoIn, also => Assert.Equal((seed, tenant), (seed, also.Title)));
        }
    }

    private static RetrievalOptions<Passage> Asking(Random random, string tenant) => new()
    {
        Top = random.Next(1, 6),
        Candidates = random.Next(1, 12),
        Filter = passage => passage.Scope == tenant,
        Selection = new SelectionOptions
        {
            DuplicateSimilarity = random.Next(2) == 0 ? null : random.Next(50, 100) / 100.0,
            MmrLambda = random.Next(3) == 0 ? random.NextDouble() : null,
            MaxPerSource = random.Next(4) == 0 ? random.Next(1, 3) : null,
            JoinAdjacent = random.Next(2) == 0,
            NeighborsBefore = random.Next(4),
            NeighborsAfter = random.Next(4),
            ReturnSections = random.Next(3) == 0,
            TokenBudget = random.Next(4) == 0 ? random.Next(1, 80) : null,
        },
    };

    /// <summary>One or two collections of sources in which each passage is of either tenant. Each text has its tenant in it, as has the title.</summary>
    private async Task<IReadOnlyList<VectorStoreCollection<string, Passage>>> FillAsync(Random random, int seed)
    {
        List<VectorStoreCollection<string, Passage>> collections = [];
        for (int number = random.Next(1, 3); number > 0; number--)
        {
            VectorStoreCollection<string, Passage> collection = _store.GetCollection<string, Passage>($"{seed}-{number}", Passage.CreateDefinition<string>(32));
            await collection.EnsureCollectionExistsAsync();
            foreach (string source in (string[])["a.md", "b.md"])
            {
                await collection.UpsertAsync(Enumerable.Range(0, random.Next(4, 12)).Select(ordinal => Create(random, source, ordinal)));
            }

            collections.Add(collection);
        }

        return collections;
    }

    private Passage Create(Random random, string source, int ordinal)
    {
        string tenant = random.Next(3) == 0 ? "blue" : "red";
        string text = $"{tenant} {Sentence(random, 2)}";
        return new Passage
        {
            Key = PassageKey.Create(source, ordinal),
            Source = source,
            Ordinal = ordinal,
            Scope = tenant,
            Title = tenant,
            Text = text,
            Offset = ordinal * 100,
            Length = text.Length,
            Parent = $"{ordinal / 6}",
            Vector = _generator.Vector(text),
        };
    }

    private static string Sentence(Random random, int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => Words[random.Next(Words.Length)]));
}
