namespace LocalRetrieval.Rag;

/// <summary>
/// Cuts documents into chunks that a model reads whole. Blocks of one section are packed up to the limit; a block that is too long
/// is cut at the ends of its sentences or lines, then between words, then by tokens.
/// </summary>
/// <remarks>
/// <para>Chunks of different sections do not mix. A chunk's text starts and ends at no white space and is one range of the source.
/// Without overlap the chunks hold every character of the blocks once, but for the white space between them.</para>
/// <para>A chunk has at most 16 characters for each token of its limit, its heading path included. Only words that the model does not
/// know and long blanks reach that; without it a word of any length would be one token.</para>
/// <para>A heading path longer than half of the limit loses its outermost headings, then its end.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class PassageChunker
{
    private readonly ITokenCounter _counter;
    private readonly int _maxTokens;
    private readonly int _overlapTokens;
    private readonly int _minTokens;

    /// <summary>A chunker that counts with <paramref name="counter"/>.</summary>
    /// <param name="counter">Counts in the tokens of the model that embeds the chunks.</param>
    /// <param name="options">How to cut; null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="counter"/> is null.</exception>
    public PassageChunker(ITokenCounter counter, ChunkingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        options ??= new ChunkingOptions();
        _counter = counter;
        _maxTokens = options.MaxTokens;
        _overlapTokens = options.OverlapTokens;
        _minTokens = options.MinTokens;
    }

    /// <summary>Cuts a document into chunks, in its order.</summary>
    /// <param name="content">What a reader made of the document.</param>
    /// <param name="cancellationToken">Ends the cutting early.</param>
    /// <returns>The chunks; empty where the document has no sections.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IReadOnlyList<DocumentChunk> Split(DocumentContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);

        // Not before there is something to cut: the counter of a model that is loaded on use loads it to know its limit.
        List<DocumentChunk> chunks = [];
        if (content.Sections.Count == 0)
        {
            return chunks;
        }

        int maxTokens = Math.Min(_maxTokens, _counter.MaxTokens ?? int.MaxValue);
        int overlapTokens = Math.Min(_overlapTokens, maxTokens / 2);
        int minTokens = Math.Min(_minTokens, maxTokens / 2);
        foreach (DocumentSection section in content.Sections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ChunkBudget budget = new(_counter, maxTokens, section.HeadingPath);
            List<ChunkUnit> units = new UnitSplitter(content.Text, budget).Split(section.Blocks);
            foreach (TextRange range in new UnitPacker(content.Text, budget, units, overlapTokens, minTokens).Pack())
            {
                string chunk = content.Text.Substring(range.Start, range.Length);
                int start = content.Map?.SourceStart(range.Start) ?? range.Start;
                chunks.Add(new DocumentChunk
                {
                    Text = chunk,
                    HeadingPath = budget.HeadingPath,
                    Offset = start,
                    Length = (content.Map?.SourceEnd(range.End) ?? range.End) - start,
                    TokenCount = budget.Count(chunk),
                });
            }
        }

        return chunks;
    }

    /// <summary>Cuts a text into chunks, in its order.</summary>
    /// <param name="text">The document's text.</param>
    /// <param name="reader">Finds its sections.</param>
    /// <returns>The chunks; empty where there is nothing to find in the text.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public IReadOnlyList<DocumentChunk> Split(string text, TextDocumentReader reader)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reader);
        return Split(reader.Read(text), CancellationToken.None);
    }
}
