using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Embeds the queries of one request.</summary>
internal sealed class QueryEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, StageRunner stages, CancellationToken cancellationToken)
{
    private const string Stage = "embed";

    /// <summary>How many tokens of the request's own query were not read; 0 until it is embedded.</summary>
    public long DroppedTokens { get; private set; }

    /// <summary>The vector of a further query.</summary>
    public async Task<ReadOnlyMemory<float>> EmbedAsync(string query) => (await EmbedQueryAsync(query).ConfigureAwait(false)).Vector;

    /// <summary>The vector of the request's own query, drawn towards those of texts that would answer it.</summary>
    public async Task<ReadOnlyMemory<float>> EmbedAsync(string query, IReadOnlyList<string>? hypotheticalDocuments)
    {
        Task<Embedding<float>> asked = EmbedQueryAsync(query);
        if (hypotheticalDocuments is null)
        {
            return Read(await asked.ConfigureAwait(false));
        }

        Task<GeneratedEmbeddings<Embedding<float>>> documents = stages.RunAsync(
            Stage, () => generator.GenerateDocumentsAsync(hypotheticalDocuments, cancellationToken: cancellationToken));
        await Task.WhenAll(asked, documents).ConfigureAwait(false);
        return HypotheticalVectors.Mean(Read(await asked.ConfigureAwait(false)), [.. (await documents.ConfigureAwait(false)).Select(embedding => embedding.Vector)]);
    }

    private ReadOnlyMemory<float> Read(Embedding<float> embedding)
    {
        DroppedTokens = embedding.GetDroppedTokens();
        return embedding.Vector;
    }

    private Task<Embedding<float>> EmbedQueryAsync(string query) =>
        stages.RunAsync(Stage, () => generator.GenerateQueryAsync(query, cancellationToken: cancellationToken));
}
