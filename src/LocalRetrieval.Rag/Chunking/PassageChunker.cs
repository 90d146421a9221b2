namespace LocalRetrieval.Rag;

/// <summary>
/// Cuts documents into chunks that a model reads whole. Blocks of one section are packed up to the limit; a block that is too long
/// is cut at the ends of its sentences, lines or rows, then between words, then by tokens.
/// </summary>
/// <remarks>
/// <para>Chunks of different sections do not mix. A chunk's text starts and ends at no white space, but at the indentation of code, and is one
/// range of <see cref="DocumentContent.Text"/>. Without overlap the chunks hold every character of the blocks once, but for the white space between them.</para>
/// <para>Where a chunk starts within a table, the lines with the names of its columns stand before that range, at most half of the limit, for which
/// each name is shortened as far as it must be. A table that is longer than a chunk is cut into parts of a row or a few, since among many like rows
/// none is found. A row that is longer than a chunk is cut between its cells, and such a cell as prose; each part has the names of its columns
/// and the row's first cell before it. The first row then stands with the whole names; only a header with a name that has no room beside its
/// cell is in chunks of its own.</para>
/// <para>Code is cut where a block of it ends or a blank line stands, in a chunk's second half, and a fence is not parted from its code. What starts
/// within a declaration of source code has the declarations around it at the end of its heading path. A heading is not parted from what follows it.</para>
/// <para>A chunk has at most 16 characters for each token of its limit, its heading path included. Only words that the model does not
/// know and long blanks reach that; without it a word of any length would be one token.</para>
/// <para>A heading path longer than half of the limit loses its outermost headings, then its end.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class PassageChunker
{
    /// <summary>The most tokens of a part of a table that is longer than a chunk, the names of its columns included; one row always has room.</summary>
    /// <remarks>
    /// By the embedded models, over a table of 60 like rows with a question for each: the first passage held the row for 97 % of them with a row a
    /// passage, 92 % with two, 85 % with six. In six other tables (names, codes, options; German, Chinese, ten columns) smaller parts were never worse.
    /// </remarks>
    private const int TableTokens = 32;

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
    /// <exception cref="ArgumentOutOfRangeException">A block is not within the text, or of no known kind.</exception>
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
            CodeLeads leads = new(content.Scopes, section.HeadingPath, budget);
            SectionUnits units = new(content.Text, budget, section.Blocks, new UnitSplitter(content.Text, budget, leads, minTokens, cancellationToken).Split(section.Blocks));
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
    /// <exception cref="ArgumentOutOfRangeException">The reader gives a block that is not within the text, or of no known kind.</exception>
    /// <exception cref="InvalidDataException">The reader cannot read the text, or it is beyond a limit.</exception>
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
            HeadingPath = units[pack.Start].Lead?.HeadingPath ?? budget.HeadingPath,
            Offset = start,
            Length = (content.Map?.SourceEnd(range.End) ?? range.End) - start,
            TokenCount = pack.Tokens,
            Page = units.BlockOf(pack.Start).Page,
        };
    }
}
