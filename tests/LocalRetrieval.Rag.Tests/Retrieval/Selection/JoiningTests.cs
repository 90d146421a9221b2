using System.Linq.Expressions;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval.Selection;

/// <summary>Passages with what stands around them, within a budget, in another order.</summary>
public sealed class JoiningTests : IDisposable
{
    private const string Guide = "# Guide\n\nalpha starts here.\n\nbravo goes on.\n\ncharlie is next.\n\ndelta follows.\n\n# Notes\n\necho is apart.\n\nfoxtrot ends it.";

    private static readonly PassageRetrieverOptions<Passage> OneByVector = new() { Top = 1, OrderStage = RetrievalStage.Vector };

    private readonly FakeEmbeddingGenerator _generator = new(dimensions: 256);
    private readonly LocalVectorStore _store = new();

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    [Theory]
    [InlineData(0, 0, "charlie is next.")]
    [InlineData(1, 0, "bravo goes on.\n\ncharlie is next.")]
    [InlineData(0, 1, "charlie is next.\n\ndelta follows.")]
    [InlineData(9, 0, "alpha starts here.\n\nbravo goes on.\n\ncharlie is next.")]
    public async Task RetrieveAsync_Neighbors_AreOneRangeWithThePassage(int before, int after, string expected)
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("charlie", Asking(new() { NeighborsBefore = before, NeighborsAfter = after }));

        RetrievedPassage<Passage> passage = Assert.Single(result.Passages);
        Assert.Equal(expected, passage.Text);
        Assert.Equal((PassageKey.Create("guide.md", 2), "charlie is next.", "Guide"), (passage.Key, passage.Record.Text, passage.HeadingPath));
        string first = expected.Split('\n')[0];
        string last = expected.Split('\n')[^1];
        Assert.Equal(Guide.IndexOf(first, StringComparison.Ordinal), passage.Offset);
        Assert.Equal(Guide.IndexOf(last, StringComparison.Ordinal) + last.Length - passage.Offset, passage.Length);
        RetrievedPassage found = result.Candidates.Single(candidate => candidate.Key == passage.Key);
        Assert.Equal(("charlie is next.", passage.Score), (found.Text, found.Score));
        Assert.Equal(found.Stages, passage.Stages);
    }

    [Fact]
    public async Task RetrieveAsync_SectionOfAnyLength_AsksForWhatThereIs()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        RetrievalResult<Passage> section = await retriever.RetrieveAsync("charlie", Asking(new() { ReturnSections = true, MaxSectionPassages = int.MaxValue }));
        RetrievalResult<Passage> all = await retriever.RetrieveAsync("charlie", Asking(new() { NeighborsBefore = int.MaxValue, NeighborsAfter = int.MaxValue }));

        Assert.Equal("alpha starts here.\n\nbravo goes on.\n\ncharlie is next.\n\ndelta follows.", Assert.Single(section.Passages).Text);
        Assert.Contains("echo is apart.", Assert.Single(all.Passages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_NeighborsUnderOtherHeadings_StandUnderWhatIsAboveThemAll()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("charlie", Asking(new() { NeighborsBefore = 1, NeighborsAfter = 2 }));

        RetrievedPassage<Passage> passage = Assert.Single(result.Passages);
        Assert.Equal("Guide\n\nbravo goes on.\n\ncharlie is next.\n\ndelta follows.\n\nNotes\n\necho is apart.", passage.Text);
        Assert.Equal((null, "Guide"), (passage.HeadingPath, passage.Record.HeadingPath));
        Assert.Equal(Guide.IndexOf("bravo", StringComparison.Ordinal), passage.Offset);
    }

    [Fact]
    public async Task RetrieveAsync_Section_IsReturnedForWhatWasFoundInIt()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        Assert.Equal(
            "alpha starts here.\n\nbravo goes on.\n\ncharlie is next.\n\ndelta follows.",
            Assert.Single((await retriever.RetrieveAsync("charlie", Asking(new() { ReturnSections = true }))).Passages).Text);
        Assert.Equal(
            "bravo goes on.\n\ncharlie is next.\n\ndelta follows.",
            Assert.Single((await retriever.RetrieveAsync("charlie", Asking(new() { ReturnSections = true, MaxSectionPassages = 3 }))).Passages).Text);
        Assert.Equal(
            ("echo is apart.\n\nfoxtrot ends it.", "Notes"),
            (await retriever.RetrieveAsync("foxtrot", Asking(new() { ReturnSections = true }))).Passages.Select(passage => (passage.Text, passage.HeadingPath!)).Single());
    }

    [Fact]
    public async Task RetrieveAsync_RangesThatTouch_BecomeOneAndTheNextTakesThePlace()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("charlie charlie charlie delta delta foxtrot", Asking(new() { JoinAdjacent = true }, top: 2));

        Assert.Equal(["charlie is next.\n\ndelta follows.", "foxtrot ends it."], result.Passages.Select(passage => passage.Text));
        Assert.Equal([1, 2], result.Passages.Select(passage => passage.Rank));
        Assert.Equal($"is returned within '{PassageKey.Create("guide.md", 2)}'", result.Candidates.Single(candidate => candidate.Text == "delta follows.").Omission);
        Assert.Equal(3, (await retriever.RetrieveAsync("charlie charlie charlie delta delta foxtrot", Asking(new(), top: 3))).Passages.Count);
    }

    [Fact]
    public async Task RetrieveAsync_PassageBetweenTwoRanges_MakesThemOne()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync(
            "alpha alpha alpha alpha charlie charlie charlie bravo bravo foxtrot", Asking(new() { JoinAdjacent = true }, top: 3, candidates: 4));

        Assert.Equal(["alpha starts here.\n\nbravo goes on.\n\ncharlie is next.", "foxtrot ends it."], result.Passages.Select(passage => passage.Text));
    }

    [Fact]
    public async Task RetrieveAsync_Uuids_AreFetchedTheSame()
    {
        PassageIndexer indexer = Indexer();
        VectorStoreCollection<Guid, Passage> collection = await indexer.GetCollectionAsync<Guid>(_store, "uuids");
        (await indexer.IndexAsync(collection, [new SourceDocument("guide.md", Guide)])).ThrowIfFailed();

        RetrievalResult<Passage> result = await new PassageRetriever<Guid, Passage>(collection, _generator, null, OneByVector).RetrieveAsync("charlie", Asking(new() { NeighborsAfter = 1 }));

        Assert.Equal("charlie is next.\n\ndelta follows.", Assert.Single(result.Passages).Text);
    }

    [Fact]
    public async Task RetrieveAsync_StoreThatFiltersNoKeys_IsHeldToTheFilterAllTheSame()
    {
        PassageIndexer indexer = Indexer();
        StrictStore store = new();
        VectorStoreCollection<string, Passage> collection = store.GetCollection<string, Passage>(
            "strict", Passage.CreateDefinition<string>(256, new PassageDefinitionOptions { HasLists = false, HasFullText = false, DistanceFunction = null }));
        (await indexer.IndexAsync(collection, [new SourceDocument("guide.md", Guide)])).ThrowIfFailed();
        PassageRetriever<string, Passage> retriever = new(collection, _generator, null, OneByVector);
        SelectionOptions around = new() { NeighborsBefore = 9, NeighborsAfter = 9 };

        Assert.Equal(
            "alpha starts here.\n\nbravo goes on.\n\ncharlie is next.\n\ndelta follows.",
            Assert.Single((await retriever.RetrieveAsync("charlie", Asking(around, filter: passage => passage.HeadingPath == "Guide"))).Passages).Text);
        Assert.EndsWith("foxtrot ends it.", Assert.Single((await retriever.RetrieveAsync("charlie", Asking(around))).Passages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_Dictionaries_AreJoinedByTheirMapping()
    {
        VectorStoreCollectionDefinition definition = new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("id", typeof(int)),
                new VectorStoreDataProperty("text", typeof(string)),
                new VectorStoreVectorProperty("vector", typeof(ReadOnlyMemory<float>), 256),
            ],
        };
        using VectorStoreCollection<object, Dictionary<string, object?>> collection = _store.GetDynamicCollection("rows", definition);
        await collection.EnsureCollectionExistsAsync();
        string[] texts = ["zero", "one", "two", "three"];
        await collection.UpsertAsync(texts.Select((text, id) => new Dictionary<string, object?> { ["id"] = id, ["text"] = text, ["vector"] = new ReadOnlyMemory<float>(_generator.Vector(text)) }));
        PassageRetriever<object, Dictionary<string, object?>> retriever = new(collection, _generator, null, new()
        {
            Top = 1,
            UseKeywords = false,
            Definition = definition,
            Selection = new() { NeighborsBefore = 1, NeighborsAfter = 1 },
            Mapping = new()
            {
                Key = row => $"{row["id"]}",
                Text = row => (string)row["text"]!,
                Source = _ => "rows",
                Ordinal = row => (int)row["id"]!,
                KeyAt = (_, ordinal) => ordinal,
            },
        });

        Assert.Equal("one\n\ntwo\n\nthree", Assert.Single((await retriever.RetrieveAsync("two")).Passages).Text);
        Assert.Equal(
            "two\n\nthree",
            Assert.Single((await retriever.RetrieveAsync("two", new() { Filter = row => (string)row["text"]! != "one" })).Passages).Text);
    }

    [Fact]
    public async Task GetResponseAsync_JoinedPassage_IsCitedAsTheWholeRangeAndKeepsItsNumber()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);
        using ScriptedChatClient inner = new("See [1].", "See [1] and [2].");
        using RetrievalChatClient client = inner.WithRetrieval(retriever, new() { Retrieval = Asking(new() { NeighborsAfter = 1 }, top: 2, candidates: 3) });
        List<ChatMessage> history = [new(ChatRole.User, "alpha")];

        history.AddRange((await client.GetResponseAsync(history)).Messages);
        CitationAnnotation first = Cited(history[^1]).Single();
        history.Add(new(ChatRole.User, "alpha again"));
        ChatMessage second = (await client.GetResponseAsync(history)).Messages[^1];

        const string Range = "alpha starts here.\n\nbravo goes on.";
        Assert.Equal((Range, PassageKey.Create("guide.md", 0)), (first.Snippet, first.FileId));
        RetrievedPassage passage = Assert.IsAssignableFrom<RetrievedPassage>(first.RawRepresentation);
        Assert.Equal((Guide.IndexOf("alpha", StringComparison.Ordinal), Range.Length), (passage.Offset, passage.Length));
        Assert.Equal(Range, Cited(second).First().Snippet);
        Assert.Equal(2, Cited(second).Count());
    }

    private static IEnumerable<CitationAnnotation> Cited(ChatMessage message) => message.Contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>();

    [Theory]
    [InlineData("JoinAdjacent", "Ordinal")]
    [InlineData("NeighborsBefore", "KeyAt")]
    [InlineData("NeighborsAfter", "KeyAt")]
    [InlineData("ReturnSections", "Section")]
    public async Task Constructor_MappingThatDoesNotSay_IsRefusedByName(string option, string part)
    {
        SelectionOptions selection = new()
        {
            JoinAdjacent = option == "JoinAdjacent",
            NeighborsBefore = option == "NeighborsBefore" ? 1 : 0,
            NeighborsAfter = option == "NeighborsAfter" ? 1 : 0,
            ReturnSections = option == "ReturnSections",
        };
        VectorStoreCollection<int, Note> collection = new ScriptedCollection(("a", 0.9)).Object;

        string refusal = Assert.Throws<ArgumentException>("options", () => new PassageRetriever<int, Note>(collection, _generator, null, new() { Mapping = Note.Mapping, Selection = selection })).Message;
        ArgumentException ofRequest = await Assert.ThrowsAsync<ArgumentException>(
            "options", () => new PassageRetriever<int, Note>(collection, _generator, null, new() { Mapping = Note.Mapping }).RetrieveAsync("query", new() { Selection = selection }));

        Assert.Equal(refusal, ofRequest.Message);
        Assert.StartsWith($"SelectionOptions.{option} is set", refusal, StringComparison.Ordinal);
        Assert.Contains(part, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_TokenBudget_LeavesOutWhatDoesNotFitAndTriesTheNext()
    {
        // In tokens: 2, 6, 4 and 1.
        ScriptedCollection collection = new(("one two", 0.9), ("one two three four five six", 0.8), ("one two three four", 0.7), ("one", 0.6));

        RetrievalResult<Note> result = await Scripted(collection, new() { TokenBudget = 6 }).RetrieveAsync("query");

        Assert.Equal(["one two", "one two three four"], result.Passages.Select(passage => passage.Text));
        Assert.Equal("what is left of TokenBudget, 6, has no room for it", result.Candidates[1].Omission);
        Assert.Equal(["one two"], (await Scripted(collection, new() { TokenBudget = 1 }).RetrieveAsync("query")).Passages.Select(passage => passage.Text));
    }

    [Fact]
    public async Task RetrieveAsync_TokenBudget_ShortensWhatIsJoined()
    {
        PassageRetriever<string, Passage> retriever = await RetrieverAsync(Guide);
        SelectionOptions section = new() { ReturnSections = true, TokenCounter = new WordTokenCounter(), TokenBudget = 9 };

        // "charlie" takes two tokens of the counter, and the heading one.
        Assert.Equal("charlie is next.\n\ndelta follows.", Assert.Single((await retriever.RetrieveAsync("charlie", Asking(section))).Passages).Text);
        Assert.Equal("charlie is next.", Assert.Single((await retriever.RetrieveAsync("charlie", Asking(new(section) { TokenBudget = 1 }))).Passages).Text);
    }

    [Fact]
    public void Constructor_BudgetWithoutACounter_IsRefusedByName()
    {
        using NoServicesGenerator generator = new(_generator);
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping, Selection = new() { TokenBudget = 9 } };

        Assert.Contains("TokenCounter", Assert.Throws<ArgumentException>("options", () => new PassageRetriever<int, Note>(new ScriptedCollection().Object, generator, null, options)).Message, StringComparison.Ordinal);
        options.Selection.TokenCounter = new WordTokenCounter();
        Assert.NotNull(new PassageRetriever<int, Note>(new ScriptedCollection().Object, generator, null, options));
    }

    [Fact]
    public async Task RetrieveAsync_BestAtBothEnds_KeepsTheRanks()
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.6), ("e", 0.5));

        RetrievalResult<Note> result = await Scripted(collection, new() { Placement = PassagePlacement.BestAtBothEnds }).RetrieveAsync("query");

        Assert.Equal("acedb", string.Concat(result.Passages.Select(passage => passage.Text)));
        Assert.Equal([1, 3, 5, 4, 2], result.Passages.Select(passage => passage.Rank));
    }

    private static RetrievalOptions<Passage> Asking(SelectionOptions selection, int? top = null, int? candidates = null, Expression<Func<Passage, bool>>? filter = null) =>
        new() { Selection = selection, Top = top, Candidates = candidates, Filter = filter };

    private PassageRetriever<int, Note> Scripted(ScriptedCollection collection, SelectionOptions selection) =>
        new(collection.Object, _generator, null, new() { Mapping = Note.Mapping, Selection = selection });

    private PassageIndexer Indexer() => new(_generator, new PassageIndexerOptions { Chunking = new() { MaxTokens = 16, MinTokens = 0 }, TokenCounter = new EachParagraphCounter() });

    private async Task<PassageRetriever<string, Passage>> RetrieverAsync(string text)
    {
        PassageIndexer indexer = Indexer();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "docs");
        (await indexer.IndexAsync(collection, [new SourceDocument("guide.md", text)])).ThrowIfFailed();
        return new PassageRetriever<string, Passage>(collection, _generator, null, OneByVector);
    }

    /// <summary>A text of two paragraphs has too many tokens for a chunk.</summary>
    private sealed class EachParagraphCounter : ITokenCounter
    {
        public int? MaxTokens => null;

        public int CountTokens(ReadOnlySpan<char> text) => text.Contains(".\n", StringComparison.Ordinal) ? 99 : 8;

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
        {
            tokenCount = 1;
            return text.Length;
        }
    }
}
