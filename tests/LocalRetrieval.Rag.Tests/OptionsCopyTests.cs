using System.Linq.Expressions;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
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
            Order = FinalOrder.Reranker,
            VectorWeight = 0.5,
            RerankerWeight = 0.25,
            MinimumVectorScore = 0.1,
            MinimumRerankerScore = 0.2,
            RerankingBudget = TimeSpan.FromSeconds(1),
            Mapping = new() { Key = note => note.Body, Text = note => note.Body },
            VectorProperty = vector,
            Definition = new VectorStoreCollectionDefinition(),
            VectorStoreKey = "a",
            EmbeddingGeneratorKey = "b",
            RerankerKey = "c",
            Pipeline = _ => { },
        };
        ChunkingOptions chunking = new() { MaxTokens = 99, OverlapTokens = 9, MinTokens = 8 };
        ContextOptions context = new() { MaxTokens = 99 };
        WordTokenCounter counter = new();

        Assert.Empty(OptionsCopy.Faults(retriever, options => new PassageRetrieverOptions<Note>(options)));
        Assert.Empty(OptionsCopy.Faults(chunking, options => new ChunkingOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new PassageDefinitionOptions { HasLists = false, HasFullText = false, DistanceFunction = DistanceFunction.CosineDistance }, options => new PassageDefinitionOptions(options)));
        Assert.Empty(OptionsCopy.Faults(context, options => new ContextOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new PassageIndexerOptions { Chunking = chunking, TokenCounter = counter, EmbeddingGeneratorKey = "b", BatchSize = 7, EncoderChange = EncoderChange.Rebuild },
            options => new PassageIndexerOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new RetrievalChatOptions
            {
                Instructions = "a",
                NoSourcesInstructions = "b",
                Retrieval = new RetrievalOptions<Note> { Top = 2, Filter = note => note.Body == "" },
                Context = context,
                TokenCounter = counter,
            },
            options => new RetrievalChatOptions(options)));
    }
}
