namespace LocalRetrieval.Rag;

/// <summary>What a vector store knows of that the definition of a collection of passages can do without.</summary>
public sealed class PassageDefinitionOptions
{
    /// <summary>The defaults.</summary>
    public PassageDefinitionOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public PassageDefinitionOptions(PassageDefinitionOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        HasLists = other.HasLists;
        HasFullText = other.HasFullText;
        Keywords = other.Keywords is null ? null : new KeywordIndexOptions(other.Keywords);
        DistanceFunction = other.DistanceFunction;
        TokenDimensions = other.TokenDimensions;
        TokenVectors = other.TokenVectors is null ? null : new MultiVectorOptions(other.TokenVectors);
    }

    /// <summary>Whether the store keeps lists of texts. Where it does not, <see cref="Passage.Tags"/> and <see cref="Passage.Properties"/> are not stored.</summary>
    /// <value>The default is true. Stores of flat columns or hashes, such as those over SQLite or Redis hashes, keep none.</value>
    public bool HasLists { get; set; } = true;

    /// <summary>Whether the store indexes <see cref="Passage.Text"/> for search by words. Where it does not, <see cref="Keywords"/> do not matter.</summary>
    /// <value>The default is true.</value>
    public bool HasFullText { get; set; } = true;

    /// <summary>
    /// How passages are found by words in a store that knows <see cref="KeywordIndexOptions.AnnotationKey"/>, as <c>LocalVectorStore</c> does; others pass over it.
    /// </summary>
    /// <value>
    /// The default covers title, heading path and text, takes names, codes and versions apart (<see cref="KeywordAnalysis.Identifiers"/>), and leaves out the stop words
    /// and forms of words in the language of the first passages; set <see cref="KeywordIndexOptions.Language"/> where it is known. Null leaves all of it to the store.
    /// </value>
    public KeywordIndexOptions? Keywords { get; set; } = PassageDefinition.CreateKeywords();

    /// <summary>How vectors are compared; see <see cref="Microsoft.Extensions.VectorData.DistanceFunction"/>.</summary>
    /// <value>Null leaves it to the store. The default is cosine similarity; some stores name it by the distance alone.</value>
    public string? DistanceFunction { get; set; } = Microsoft.Extensions.VectorData.DistanceFunction.CosineSimilarity;

    /// <summary>The dimensions of <see cref="Passage.TokenVectors"/>, for stores that keep several vectors a record, as <c>LocalVectorStore</c> does.</summary>
    /// <value>
    /// Null leaves them out, but where a <see cref="PassageIndexer"/> that has a <see cref="PassageIndexerOptions.TokenGenerator"/> makes the collection: then they are the generator's. The default is null.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? TokenDimensions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(TokenDimensions));
            field = value;
        }
    }

    /// <summary>How <see cref="Passage.TokenVectors"/> are kept and found in a store that knows <see cref="MultiVectorOptions.AnnotationKey"/>.</summary>
    /// <value>Null leaves it to the store. The default is null. It needs <see cref="TokenDimensions"/>.</value>
    public MultiVectorOptions? TokenVectors { get; set; }
}
