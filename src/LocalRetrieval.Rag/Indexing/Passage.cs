using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>The record that <see cref="PassageIndexer"/> writes: a chunk of a document with its vector.</summary>
/// <remarks>It has no fixed dimension: give its collection a definition by <see cref="CreateDefinition"/> or <see cref="CreateDefinitionAsync"/>.</remarks>
public sealed class Passage
{
    /// <summary>The key in a collection with text keys, made of <see cref="Source"/> and <see cref="Ordinal"/>; see <see cref="PassageKey"/>. Empty in one with UUIDs.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key in a collection with UUIDs as keys, made of the same; all zeros in one with text keys.</summary>
    public Guid Id { get; set; }

    /// <summary>The name of the document that the passage comes from.</summary>
    public required string Source { get; set; }

    /// <summary>The scope that owns the source; null for one that was indexed without a scope. See <see cref="PassageIndexer.SyncAsync"/>.</summary>
    public string? Scope { get; set; }

    /// <summary>The passage's place among those of its source, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>The text, as it stands in the source.</summary>
    public required string Text { get; set; }

    /// <summary>The headings above it, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; set; }

    /// <summary>Where the text starts in the source's text, in UTF-16 units.</summary>
    public int Offset { get; set; }

    /// <summary>The text's length in the source's text, in UTF-16 units.</summary>
    public int Length { get; set; }

    /// <summary>
    /// What the passages of a section have in common, and no others: the text key of its first one. A section is what stands under one heading, a
    /// document without headings being one; its passages follow each other by <see cref="Ordinal"/>.
    /// </summary>
    public string? Parent { get; set; }

    /// <summary>The page, slide or sheet that it starts on, from 1; null where the document has none.</summary>
    public int? Page { get; set; }

    /// <summary>The document's title; null where it says none.</summary>
    public string? Title { get; set; }

    /// <summary>What the document is about, in its own words; null where it says nothing.</summary>
    public string? Description { get; set; }

    /// <summary>Who wrote the document; several are joined by <c>, </c>. Null where it says nothing.</summary>
    public string? Author { get; set; }

    /// <summary>The document's language as a BCP 47 tag, such as <c>de</c>; null where it says none.</summary>
    public string? Language { get; set; }

    /// <summary>When the document was published, in seconds since 1970 (UTC); null where it says nothing.</summary>
    /// <remarks>
    /// A number, since not all stores know dates: filter by
    /// <c>passage => passage.Published >= since</c>, with <c>long since = date.ToUnixTimeSeconds()</c>.
    /// </remarks>
    public long? Published { get; set; }

    /// <summary>When the document was last changed by its own account, in seconds since 1970 (UTC); null where it says nothing.</summary>
    public long? Modified { get; set; }

    /// <summary>The document's tags, categories and keywords; filter by <c>passage => passage.Tags.Contains("guide")</c>.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>What else the document says of itself, as <c>key=value</c>; filter by <c>passage => passage.Properties.Contains("draft=false")</c>.</summary>
    /// <remarks>A key of a nested value is <c>outer.inner</c>, and a list gives its key several times.</remarks>
    public List<string> Properties { get; set; } = [];

    /// <summary>A hash over all of it that is not embedded, its place and the document's metadata: while it and <see cref="ContentHash"/> stay, the passage is left alone.</summary>
    public string MetadataHash { get; set; } = "";

    /// <summary>
    /// SHA-256 over the embedded text and what the encoder is known by, in hexadecimal: while it stays, so does the vector. An encoder is known by
    /// its <see cref="EncoderInfo.Fingerprint"/>, or else by its provider, model id and dimensions.
    /// </summary>
    public string ContentHash { get; set; } = "";

    /// <summary>The vector of <see cref="EmbeddedText"/>.</summary>
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>
    /// A vector for each token of <see cref="EmbeddedText"/>, where the indexer has a <see cref="PassageIndexerOptions.TokenGenerator"/> and the definition
    /// <see cref="PassageDefinitionOptions.TokenDimensions"/>; null elsewhere.
    /// </summary>
    [JsonIgnore]
    public MultiVectorEmbedding? TokenVectors { get; set; }

    /// <summary>What is embedded and reranked: heading path, newline, text; the text alone where there is no path.</summary>
    [JsonIgnore]
    public string EmbeddedText => HeadingPaths.Prepend(HeadingPath, Text);

    /// <summary>Takes the vectors of a passage that has the same text.</summary>
    internal void TakeVectors(Passage same) => (Vector, TokenVectors) = (same.Vector, same.TokenVectors);

    /// <summary>Whether the vector is of that encoder, going by the hash.</summary>
    internal bool IsEmbeddedBy(string identity) => ContentHash == PassageKey.ContentHash(identity, EmbeddedText);

    /// <summary>Whether the vector is of another encoder, going by the hash; without a hash it is not known.</summary>
    internal bool IsEmbeddedByOther(string identity) => ContentHash.Length > 0 && !IsEmbeddedBy(identity);

    /// <summary>The definition of a collection of passages with text keys: filters on what describes the document, full text on <see cref="Text"/>, cosine similarity.</summary>
    /// <param name="dimensions">The dimensions of the vectors.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public static VectorStoreCollectionDefinition CreateDefinition(int dimensions) => CreateDefinition<string>(dimensions);

    /// <summary>The definition of a collection of passages.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="string"/> for <see cref="Key"/>, <see cref="Guid"/> for <see cref="Id"/>.</typeparam>
    /// <param name="dimensions">The dimensions of the vectors.</param>
    /// <param name="options">What the store knows; null means the defaults.</param>
    /// <exception cref="ArgumentException">The options have <see cref="PassageDefinitionOptions.TokenVectors"/> and no <see cref="PassageDefinitionOptions.TokenDimensions"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">The keys are of another type.</exception>
    public static VectorStoreCollectionDefinition CreateDefinition<TKey>(int dimensions, PassageDefinitionOptions? options = null)
        where TKey : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        options ??= new PassageDefinitionOptions();
        PassageDefinition.ThrowIfUnfit(options);
        return PassageDefinition.Create<TKey>(dimensions, options);
    }

    /// <summary>The definition of a collection of passages with text keys for the vectors of <paramref name="generator"/>.</summary>
    /// <param name="generator">Says its dimensions by its metadata, or else by embedding one word.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static Task<VectorStoreCollectionDefinition> CreateDefinitionAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken = default) =>
        CreateDefinitionAsync<string>(generator, options: null, cancellationToken);

    /// <summary>The definition of a collection of passages for the vectors of <paramref name="generator"/>.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="string"/> for <see cref="Key"/>, <see cref="Guid"/> for <see cref="Id"/>.</typeparam>
    /// <param name="generator">Says its dimensions by its metadata, or else by embedding one word.</param>
    /// <param name="options">What the store knows; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <exception cref="ArgumentException">The options have <see cref="PassageDefinitionOptions.TokenVectors"/> and no <see cref="PassageDefinitionOptions.TokenDimensions"/>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    /// <exception cref="NotSupportedException">The keys are of another type.</exception>
    public static async Task<VectorStoreCollectionDefinition> CreateDefinitionAsync<TKey>(
        IEmbeddingGenerator<string, Embedding<float>> generator, PassageDefinitionOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(generator);
        int? known = generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions;
        return CreateDefinition<TKey>(known ?? await ProbeAsync(generator, cancellationToken).ConfigureAwait(false), options);
    }

    private static async Task<int> ProbeAsync(IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> probe =
            await generator.GenerateDocumentsAsync(["dimensions"], cancellationToken: cancellationToken).ConfigureAwait(false);
        return probe[0].Vector.Length;
    }
}
