namespace LocalRetrieval.Rag;

/// <summary>Options of <see cref="QueryStageBuilderExtensions.UseHypotheticalDocument(PassageRetrieverBuilder, Microsoft.Extensions.AI.IChatClient?, Action{HypotheticalDocumentOptions}?)"/>.</summary>
public sealed class HypotheticalDocumentOptions : QueryStageOptions
{
    /// <summary>The defaults.</summary>
    public HypotheticalDocumentOptions()
        : base(maxOutputTokens: 512)
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public HypotheticalDocumentOptions(HypotheticalDocumentOptions other)
        : base(other) => MaxDocumentLength = other.MaxDocumentLength;

    /// <summary>How much of the text is embedded, in UTF-16 units; the rest is cut.</summary>
    /// <value>At least 1. The default is 2000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxDocumentLength { get; set => field = AtLeastOne(value, nameof(MaxDocumentLength)); } = 2000;
}
