using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

public sealed class PassageChunkerTests
{
    [Fact]
    public void Split_SmallBlocks_PacksThemBySection()
    {
        IReadOnlyList<DocumentChunk> chunks = Split("# A\n\none\n\ntwo\n\n## B\n\nthree\n");

        Assert.Equal(["one\n\ntwo", "three"], chunks.Select(chunk => chunk.Text));
        Assert.Equal(["A", "A > B"], chunks.Select(chunk => chunk.HeadingPath));
        Assert.Equal("A > B\nthree", chunks[1].EmbeddedText);
    }

    [Fact]
    public void Split_BlocksBeyondLimit_CutsBetweenBlocks()
    {
        IReadOnlyList<DocumentChunk> chunks = Split($"{Words(10)}\n\n{Words(10)}\n\n{Words(10)}", new ChunkingOptions { MaxTokens = 20, MinTokens = 0 });

        Assert.Equal([20, 10], chunks.Select(chunk => chunk.TokenCount));
    }

    [Fact]
    public void Split_LongParagraph_CutsAtSentences()
    {
        IReadOnlyList<DocumentChunk> chunks = Split(
            $"One {Words(9)}. Two {Words(9)}! Three {Words(9)}.", new ChunkingOptions { MaxTokens = 24, MinTokens = 0 });

        Assert.Equal(["One", "Three"], chunks.Select(chunk => chunk.Text[..chunk.Text.IndexOf(' ', StringComparison.Ordinal)]));
        Assert.EndsWith("!", chunks[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_LongCode_CutsAtLines()
    {
        string code = string.Join('\n', Enumerable.Range(0, 12).Select(line => $"line{line} = a. B"));

        IReadOnlyList<DocumentChunk> chunks = Split($"```\n{code}\n```", new ChunkingOptions { MaxTokens = 16, MinTokens = 0 });

        Assert.All(chunks, chunk => Assert.True(chunk.Text.StartsWith("line", StringComparison.Ordinal) || chunk.Text.StartsWith("```", StringComparison.Ordinal)));
        Assert.True(chunks.Count > 2);
    }

    [Fact]
    public void Split_LongSentence_CutsBetweenWords()
    {
        IReadOnlyList<DocumentChunk> chunks = Split(Words(50), new ChunkingOptions { MaxTokens = 16, MinTokens = 0 });

        Assert.Equal([16, 16, 16, 2], chunks.Select(chunk => chunk.TokenCount));
        Assert.All(chunks, chunk => Assert.All(chunk.Text.Split(' '), word => Assert.Equal("word", word)));
    }

    [Fact]
    public void Split_LongWord_CutsByTokensOutsideSurrogates()
    {
        string word = string.Concat(Enumerable.Repeat("a😀", 500));

        IReadOnlyList<DocumentChunk> chunks = Split(word, new ChunkingOptions { MaxTokens = 16, MinTokens = 0 });

        Assert.Equal(word, string.Concat(chunks.Select(chunk => chunk.Text)));
        Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk.Text[0])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    public void Split_LongRunOfPairs_NeverShowsTheCounterHalfAPair(string start)
    {
        string text = start + string.Concat(Enumerable.Repeat("😀 ", 5000)).TrimEnd();

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new StrictTokenCounter()).Split(text, MarkdownReader.Instance);

        Assert.Equal(text, string.Join(' ', chunks.Select(chunk => chunk.Text)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("😀", 1)]
    [InlineData("word ", 20)]
    public void Split_WordThatIsOneToken_IsCutByCharacters(string start, int repeat)
    {
        string text = string.Concat(Enumerable.Repeat(start, repeat)) + new string('x', 100_000);

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordPieceTokenCounter()).Split(text, PlainTextReader.Instance);

        Assert.All(chunks, chunk => Assert.InRange(chunk.EmbeddedText.Length, 1, 200 * 16));
        Assert.All(chunks, chunk => Assert.Equal(text.Substring(chunk.Offset, chunk.Length), chunk.Text));
        Assert.Equal(text.Count(c => c != ' '), chunks.Sum(chunk => chunk.Text.Count(c => c != ' ')));
        Assert.InRange(chunks.Count, 100_000 / 3200, (100_000 / 3200) + 2);
    }

    [Fact]
    public void Split_ManyWordsThatAreOneTokenEach_PacksThemByCharacters()
    {
        string text = "# Head\n\n" + string.Join("\n\n", Enumerable.Repeat(new string('x', 1000), 10));

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordPieceTokenCounter()).Split(text, MarkdownReader.Instance);

        Assert.Equal([3, 3, 3, 1], chunks.Select(chunk => chunk.Text.Split("\n\n").Length));
    }

    [Fact]
    public void Split_CharacterOfManyTokens_IsCutInside()
    {
        string text = "😀" + string.Concat(Enumerable.Repeat("\u200d😀", 300));

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter()).Split(text, PlainTextReader.Instance);

        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
        chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 16 }).Split(text, PlainTextReader.Instance);
        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 1, 16));
    }

    [Fact]
    public void Constructor_Counter_IsNotAskedForItsLimit()
    {
        LazyLimitCounter counter = new();

        PassageChunker chunker = new(counter);
        Assert.False(counter.IsLoaded);

        Assert.Equal([10, 10, 10], chunker.Split(Words(30), PlainTextReader.Instance).Select(chunk => chunk.TokenCount));
    }

    [Fact]
    public void Split_HeadingPathOfManyHeadings_IsNotCountedAgainAndAgain()
    {
        CharacterCounter counter = new();
        FixedReader reader = new(string.Join(" > ", Enumerable.Range(0, 20_000).Select(index => $"h{index}")));

        DocumentChunk chunk = Assert.Single(new PassageChunker(counter, new ChunkingOptions { MaxTokens = 64 }).Split("text", reader));

        Assert.Equal(string.Join(" > ", Enumerable.Range(20_000 - 16, 16).Select(index => $"h{index}")), chunk.HeadingPath);
        Assert.InRange(counter.Characters, 1, 1_000_000);
    }

    [Fact]
    public void Split_AnyHeadingPath_EqualsDroppingOneByOne()
    {
        WordTokenCounter counter = new();
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string path = string.Join(" > ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => Words(random.Next(1, 9))));
            int limit = random.Next(16, 60);

            DocumentChunk chunk = Assert.Single(new PassageChunker(counter, new ChunkingOptions { MaxTokens = limit }).Split("text", new FixedReader(path)));

            Assert.Equal(Naive(path, limit), chunk.HeadingPath);
        }

        string Naive(string path, int limit)
        {
            while (counter.CountTokens(path) > limit / 2)
            {
                int separator = path.IndexOf(" > ", StringComparison.Ordinal);
                if (separator < 0)
                {
                    return path[..counter.IndexOfTokenLimit(path, limit / 4, out _)].TrimEnd();
                }

                path = path[(separator + 3)..];
            }

            return path;
        }
    }

    [Fact]
    public void Split_ShortEnd_TakesFromTheChunkBefore()
    {
        string text = string.Join("\n\n", Enumerable.Repeat(Words(5), 5));

        Assert.Equal([15, 10], Split(text, new ChunkingOptions { MaxTokens = 20, MinTokens = 8 }).Select(chunk => chunk.TokenCount));
        Assert.Equal([20, 5], Split(text, new ChunkingOptions { MaxTokens = 20, MinTokens = 0 }).Select(chunk => chunk.TokenCount));
    }

    [Fact]
    public void Split_Overlap_RepeatsWholeBlocks()
    {
        string text = string.Join("\n\n", Enumerable.Range(0, 6).Select(index => $"block{index} {Words(4)}"));

        IReadOnlyList<DocumentChunk> chunks = Split(text, new ChunkingOptions { MaxTokens = 20, OverlapTokens = 5, MinTokens = 0 });

        Assert.StartsWith("block3", chunks[1].Text, StringComparison.Ordinal);
        Assert.Contains("block3", chunks[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_ModelReadsLess_KeepsToItsLimit()
    {
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(maxTokens: 10)).Split("# Head\n\n" + Words(30), MarkdownReader.Instance);

        Assert.Equal(30, chunks.Sum(chunk => chunk.Text.Split(' ').Length));
        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 1, 10));
    }

    [Fact]
    public void Split_LongHeadingPath_LosesItsOutermostHeadings()
    {
        string text = $"# Outer {Words(6)}\n\n## Inner {Words(3)}\n\ntext";

        DocumentChunk chunk = Assert.Single(Split(text, new ChunkingOptions { MaxTokens = 16 }));

        Assert.Equal($"Inner {Words(3)}", chunk.HeadingPath);
    }

    [Fact]
    public void Split_LongHeading_IsCut()
    {
        DocumentChunk chunk = Assert.Single(Split($"# {Words(40)}\n\ntext", new ChunkingOptions { MaxTokens = 16 }));

        Assert.Equal(Words(4), chunk.HeadingPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!-- comment only -->")]
    public void Split_NoContent_GivesNoChunks(string text) => Assert.Empty(Split(text));

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkingOptions { MaxTokens = 15 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkingOptions { OverlapTokens = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkingOptions { MinTokens = -1 });
    }

    /// <summary>Loads a model when it is asked for its limit.</summary>
    private sealed class LazyLimitCounter : ITokenCounter
    {
        private readonly WordTokenCounter _inner = new();

        public bool IsLoaded { get; private set; }

        public int? MaxTokens
        {
            get
            {
                IsLoaded = true;
                return 10;
            }
        }

        public int CountTokens(ReadOnlySpan<char> text) => _inner.CountTokens(text);

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => _inner.IndexOfTokenLimit(text, maxTokens, out tokenCount);
    }

    /// <summary>Sums up what it reads.</summary>
    private sealed class CharacterCounter : ITokenCounter
    {
        private readonly WordTokenCounter _inner = new();

        public long Characters { get; private set; }

        public int? MaxTokens => null;

        public int CountTokens(ReadOnlySpan<char> text)
        {
            Characters += text.Length;
            return _inner.CountTokens(text);
        }

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
        {
            Characters += text.Length;
            return _inner.IndexOfTokenLimit(text, maxTokens, out tokenCount);
        }
    }

    /// <summary>Reads any text as one section.</summary>
    private sealed class FixedReader(string headingPath, DocumentBlockKind kind = DocumentBlockKind.Prose) : TextDocumentReader
    {
        public override ReaderFormat Format { get; } = new() { Name = "fixed", Extensions = [] };

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken) => new()
        {
            Text = text,
            Sections = [new() { HeadingPath = headingPath, Blocks = [new DocumentBlock { Offset = 0, Length = text.Length, Kind = kind }] }],
        };
    }

    [Fact]
    public void Split_BlockOfAnUnknownKind_IsRefusedByItsPlace()
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 16 }).Split(Words(40), new FixedReader("A", (DocumentBlockKind)7)));

        Assert.Contains("A block at 0", refusal.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DocumentChunk> Split(string text, ChunkingOptions? options = null) =>
        new PassageChunker(new WordTokenCounter(), options).Split(text, MarkdownReader.Instance);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
