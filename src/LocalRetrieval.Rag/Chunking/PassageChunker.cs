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
    /// <summary>The most tokens of rows in a chunk that a table is cut into, the names of its columns included.</summary>
    private const int TableTokens = 64;

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
            SectionUnits units = new(content.Text, budget, section.Blocks, new UnitSplitter(content.Text, budget, cancellationToken).Split(section.Blocks));
            int tableTokens = Math.Min(TableTokens, budget.RoomFor(null));
            foreach (ChunkPack pack in new UnitPacker(units, overlapTokens, minTokens, tableTokens, maxTokens, cancellationToken).Pack())
            {
                chunks.Add(ToChunk(content, budget, units, pack));
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

    private static DocumentChunk ToChunk(DocumentContent content, ChunkBudget budget, SectionUnits units, ChunkPack pack)
    {
        TextRange range = units.RangeOf(pack.Start, pack.End);
        int start = content.Map?.SourceStart(range.Start) ?? range.Start;
        return new DocumentChunk
        {
            Text = string.Concat(units[pack.Start].Lead?.Text, range.Of(content.Text)),
            HeadingPath = budget.HeadingPath,
            Offset = start,
            Length = (content.Map?.SourceEnd(range.End) ?? range.End) - start,
            TokenCount = pack.Tokens,
            Page = units.BlockOf(pack.Start).Page,
        };
    }
}
