using System.Linq.Expressions;
using System.Text;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests;

public sealed class OptionsCopyTests
{
    [Fact]
    public void Constructor_Options_CopiesEveryProperty()
    {
        Expression<Func<Note, object?>> vector = note => note.Body;
        PassageRetrieverOptions<Note> retriever = new()
        {
            Top = 2,
            Candidates = 3,
            Order = FinalOrder.ReciprocalRanks,
            OrderStage = "o",
            UseKeywords = false,
            RequireFilter = true,
            Reranked = 7,
            KeywordWeight = 0.3,
            VectorWeight = 0.5,
            RerankerWeight = 0.25,
            MinimumVectorScore = 0.1,
            MinimumRerankerScore = 0.2,
            MinimumRelevance = 0.3,
            RelevanceModel = new RelevanceModel("e", reranker: null, intercept: 1, [new(RetrievalStage.Vector, 1)]),
            RerankingBudget = TimeSpan.FromSeconds(1),
            StopRerankingEarly = true,
            Mapping = new() { Key = note => note.Body, Text = note => note.Body },
            VectorProperty = vector,
            Definition = new VectorStoreCollectionDefinition(),
            VectorStoreKey = "a",
            EmbeddingGeneratorKey = "b",
            RerankerKey = "c",
            Pipeline = _ => { },
            Selection = new()
            {
                DropDuplicates = false, DuplicateSimilarity = 0.9, MmrLambda = 0.5, MaxPerSource = 2, JoinAdjacent = true, NeighborsBefore = 1, NeighborsAfter = 2, ReturnSections = true,
                MaxSectionPassages = 3, TokenBudget = 4, TokenCounter = new WordTokenCounter(), Placement = PassagePlacement.BestAtBothEnds,
            },
            Weights = { ["own"] = 2 },
            Generators = { new FakeGenerator("own") },
            Rerankers = { new FakeCandidateReranker("second", _ => 1) },
            Selectors = { new FakeSelector(candidates => candidates) },
        };
        ChunkingOptions chunking = new() { MaxTokens = 99, OverlapTokens = 9, MinTokens = 8 };
        ContextOptions context = new() { MaxTokens = 99 };
        ChatOptions chat = new() { Temperature = 0.5f };
        WordTokenCounter counter = new();
        DocumentReadingOptions reading = new()
        {
            MaxBytes = 1,
            MaxExpandedBytes = 2,
            MaxExpansion = 3,
            MaxParts = 4,
            MaxDepth = 16,
            MaxDuration = TimeSpan.FromSeconds(5),
            Encoding = Encoding.Latin1,
        };
        FolderOptions folder = new() { Include = ["a"], Exclude = ["b"], IncludeHidden = true, IncludeGenerated = true, FollowLinksOutside = true, UseGitIgnore = true };
        using LocalVectorStore store = new();
        SyncOptions sync = new()
        {
            Store = store,
            ManifestName = "m",
            SourcePrefix = "p/",
            Vanished = VanishedSources.Keep,
            MaxVanishedShare = 0.25,
            TakeOver = true,
            Folder = folder,
        };

        Assert.Empty(OptionsCopy.Faults(retriever, options => new PassageRetrieverOptions<Note>(options)));
        Assert.Empty(OptionsCopy.Faults(retriever.Selection, options => new SelectionOptions(options)));
        Assert.Empty(OptionsCopy.Faults(chunking, options => new ChunkingOptions(options)));
        Assert.Empty(OptionsCopy.Faults(reading, options => new DocumentReadingOptions(options)));
        Assert.Empty(OptionsCopy.Faults(folder, options => new FolderOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new PassageDefinitionOptions { HasLists = false, HasFullText = false, Keywords = new() { K1 = 2, Language = "de" }, DistanceFunction = DistanceFunction.CosineDistance, TokenDimensions = 128, TokenVectors = new() { Candidates = 9 } }, options => new PassageDefinitionOptions(options)));
        Assert.Empty(OptionsCopy.Faults(context, options => new ContextOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new PassageIndexerOptions { Chunking = chunking, Readers = DocumentReaders.Default.With(), Reading = reading, TokenCounter = counter, TokenGenerator = new FakeTokenGenerator(), EmbeddingGeneratorKey = "b", BatchSize = 7, EncoderChange = EncoderChange.Rebuild },
            options => new PassageIndexerOptions(options)));
        Assert.Empty(OptionsCopy.Faults(sync, options => new SyncOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new PassageSyncOptions
            {
                Folder = "f",
                Scope = "s",
                Sync = sync,
                Definition = new PassageDefinitionOptions { HasLists = false },
                Watch = false,
                Debounce = TimeSpan.FromSeconds(1),
                PollingInterval = TimeSpan.FromSeconds(2),
                RetryDelay = TimeSpan.FromSeconds(3),
                MaxRetryDelay = TimeSpan.FromSeconds(4),
                UuidKeys = true,
                IndexerKey = "i",
                VectorStoreKey = "v",
            },
            options => new PassageSyncOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new RetrievalChatOptions
            {
                Instructions = "a",
                NoSourcesInstructions = "b",
                Retrieval = new RetrievalOptions<Note> { Top = 2, Filter = note => note.Body == "" },
                Context = context,
                TokenCounter = counter,
                RetrieveEachTurn = false,
                UnknownNumbers = UnknownNumbers.Remove,
                CiteAfterWords = true,
                RememberedConversations = 7,
            },
            options => new RetrievalChatOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new QueryRewritingOptions { ChatClientKey = "k", ChatOptions = chat, Timeout = TimeSpan.FromSeconds(1), MaxMessages = 2, MaxMessageLength = 3, MaxQueryLength = 4 },
            options => new QueryRewritingOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new MultiQueryOptions { ChatClientKey = "k", ChatOptions = chat, Timeout = TimeSpan.FromSeconds(1), Count = 2, MaxQueryLength = 4 }, options => new MultiQueryOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new HypotheticalDocumentOptions { ChatClientKey = "k", ChatOptions = chat, Timeout = TimeSpan.FromSeconds(1), MaxDocumentLength = 4 }, options => new HypotheticalDocumentOptions(options)));
    }
}
