using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>What holds for every document, on documents made from random seeds.</summary>
public sealed class PassageChunkerPropertyTests
{
    private const int Documents = 500;
    private const int LongDocuments = 60;

    [Fact]
    public void Split_AnyDocument_GivesSubstringsWithinTheLimit() => ForAll(AssertSubstringsWithinTheLimit);

    [Fact]
    public void Split_AnyDocument_CoversItsSectionsInOrder() => ForAll(AssertCovered);

    [Fact]
    public void Split_AnyDocumentOverWordPiece_GivesSubstringsWithinTheLimitThatCoverIt()
    {
        for (int seed = 0; seed < LongDocuments; seed++)
        {
            Random random = new(seed);
            WordPieceTokenCounter counter = new(random.Next(4) == 0 ? 24 : null);
            ChunkingOptions options = new() { MaxTokens = random.Next(16, 200), OverlapTokens = random.Next(3) == 0 ? random.Next(40) : 0 };
            Check(seed, RandomMarkdown.CreateLong(seed), MarkdownReader.Instance, options, counter, (text, reader, options, counter, chunks) =>
            {
                AssertSubstringsWithinTheLimit(text, reader, options, counter, chunks);
                AssertCovered(text, reader, options, counter, chunks);
            });
        }
    }

    private static void AssertSubstringsWithinTheLimit(
        string text, TextDocumentReader reader, ChunkingOptions options, ITokenCounter counter, IReadOnlyList<DocumentChunk> chunks)
    {
        DocumentBlock[] tables = [.. Blocks(text, reader).Where(block => block.Kind == DocumentBlockKind.Table)];
        foreach (DocumentChunk chunk in chunks)
        {
            // Within a table, the names of its columns stand before the range.
            string range = text.Substring(chunk.Offset, chunk.Length);
            bool isWithin = Array.Exists(tables, table => chunk.Offset > table.Offset && chunk.Offset < table.Offset + table.Length);
            Assert.EndsWith(range, chunk.Text, StringComparison.Ordinal);
            Assert.True(isWithin || range == chunk.Text || Array.Exists(tables, table => table.Offset == chunk.Offset));
            Assert.Equal(chunk.Text.TrimEnd(), chunk.Text);
            Assert.NotEmpty(chunk.Text);
            Assert.InRange(chunk.TokenCount, 0, Math.Min(options.MaxTokens, counter.MaxTokens ?? int.MaxValue));
            Assert.Equal(counter.CountTokens(chunk.EmbeddedText), chunk.TokenCount);
            Assert.InRange(chunk.EmbeddedText.Length, 1, 16 * Math.Min(options.MaxTokens, counter.MaxTokens ?? int.MaxValue));
            Assert.False(PartsSurrogates(text, chunk.Offset) || PartsSurrogates(text, chunk.Offset + chunk.Length));
        }
    }

    private static void AssertCovered(
        string text, TextDocumentReader reader, ChunkingOptions options, ITokenCounter counter, IReadOnlyList<DocumentChunk> chunks)
    {
        bool[] covered = new bool[text.Length];
        int start = -1;
        foreach (DocumentChunk chunk in chunks)
        {
            Assert.True(chunk.Offset > start);
            start = chunk.Offset;
            covered.AsSpan(chunk.Offset, chunk.Length).Fill(true);
        }

        foreach (DocumentBlock block in Blocks(text, reader))
        {
            bool isTable = block.Kind == DocumentBlockKind.Table;
            for (int index = block.Offset; index < block.Offset + block.Length; index++)
            {
                bool isNamed = isTable && (index < block.Offset + block.HeaderLength || text[index] == '|');
                Assert.True(covered[index] || char.IsWhiteSpace(text[index]) || isNamed, $"Not covered: {index}");
            }

            foreach (string name in text.Substring(block.Offset, block.HeaderLength).Split([' ', '|', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.True(chunks.Any(chunk => chunk.Text.Contains(name, StringComparison.Ordinal)), $"Not named: {name}");
            }
        }
    }

    /// <summary>What an opening fence or <c>$$</c> opens stands in its chunk, and what a closing one closes.</summary>
    [Fact]
    public void Split_CodeAndFormulasOfAnyLength_StandWithTheirFences()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            Random random = new(seed);
            string text = FencedMarkdown.Create(random);
            WordTokenCounter counter = new(countLineFeeds: random.Next(2) == 0);
            ChunkingOptions options = new() { MaxTokens = random.Next(24, 80), OverlapTokens = random.Next(2) * random.Next(40), MinTokens = random.Next(30) };
            Check(seed, text, MarkdownReader.Instance, options, counter, (text, reader, options, counter, chunks) =>
            {
                AssertSubstringsWithinTheLimit(text, reader, options, counter, chunks);
                AssertCovered(text, reader, options, counter, chunks);
                foreach (DocumentChunk chunk in chunks)
                {
                    int last = chunk.Text.LastIndexOf('\n') + 1;
                    Assert.False(FencedMarkdown.IsOpening(chunk.Text[last..]), $"'{chunk.Text}' of\n{text}");
                    Assert.False(FencedMarkdown.IsClosing(chunk.Text), $"'{chunk.Text}' of\n{text}");
                }
            });
        }
    }

    private static IEnumerable<DocumentBlock> Blocks(string text, TextDocumentReader reader) => reader.Read(text).Sections.SelectMany(section => section.Blocks);

    [Fact]
    public void Split_NoOverlap_CoversNothingTwice() => ForAll((_, _, options, _, chunks) =>
    {
        for (int index = 1; index < chunks.Count && options.OverlapTokens == 0; index++)
        {
            Assert.True(chunks[index].Offset >= chunks[index - 1].Offset + chunks[index - 1].Length);
        }
    });

    private static void ForAll(Action<string, TextDocumentReader, ChunkingOptions, ITokenCounter, IReadOnlyList<DocumentChunk>> check)
    {
        for (int seed = 0; seed < Documents; seed++)
        {
            Random random = new(seed);
            string text = RandomMarkdown.Create(seed);
            WordTokenCounter counter = new(random.Next(4) == 0 ? 24 : null, countLineFeeds: random.Next(2) == 0);
            ChunkingOptions options = new()
            {
                MaxTokens = random.Next(16, 80),
                OverlapTokens = random.Next(3) == 0 ? random.Next(40) : 0,
                MinTokens = random.Next(20),
            };
            TextDocumentReader reader = random.Next(8) == 0 ? PlainTextReader.Instance : MarkdownReader.Instance;
            Check(seed, text, reader, options, counter, check);
        }
    }

    private static void Check(
        int seed,
        string text,
        TextDocumentReader reader,
        ChunkingOptions options,
        ITokenCounter counter,
        Action<string, TextDocumentReader, ChunkingOptions, ITokenCounter, IReadOnlyList<DocumentChunk>> check)
    {
        try
        {
            DocumentContent content = reader.Read(text) with { Map = null };
            check(content.Text, new SeenText(content), options, counter, new PassageChunker(counter, options).Split(content, CancellationToken.None));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
        }
    }

    private static bool PartsSurrogates(string text, int index) =>
        index > 0 && index < text.Length && char.IsSurrogatePair(text[index - 1], text[index]);

    /// <summary>Gives what was read before, whose ranges are those of its text.</summary>
    private sealed class SeenText(DocumentContent content) : TextDocumentReader
    {
        public override ReaderFormat Format { get; } = new() { Name = "seen", Extensions = [] };

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken) => content;
    }
}
