using LocalRetrieval.Rag.Tests.Chunking;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval.Selection;

/// <summary>Chunks that are one text again.</summary>
public sealed class JoinedTextTests
{
    private static readonly PassageMapping<DocumentChunk> Mapping = new()
    {
        Key = chunk => $"{chunk.Offset}",
        Text = chunk => chunk.Text,
        HeadingPath = chunk => chunk.HeadingPath,
        Page = chunk => chunk.Page,
        Offset = chunk => chunk.Offset,
        Length = chunk => chunk.Length,
    };

    [Theory]
    [InlineData("Oil the chain. Then ride it.\n\nKeep it dry! Store it well. “Do so.” Always.", 0)]
    [InlineData("One is first. Two is next. Three is last. Four is beyond. Five is none.", 5)]
    [InlineData("A first paragraph\r\nof words.\r\n\r\nA second paragraph\r\nof words.\r\n\r\nA third one.", 0)]
    [InlineData("averyveryverylongwordthatisbeyondanylimitofachunkandmustbecutinside", 0)]
    public void Of_PlainText_IsTheSource(string text, int overlap)
    {
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new CharacterCounter(), new ChunkingOptions { MaxTokens = 30, MinTokens = 0, OverlapTokens = overlap }).Split(text, PlainTextReader.Instance);

        JoinedText joined = JoinedText.Of(chunks, Mapping);

        Assert.True(chunks.Count > 1);
        Assert.Equal(text, joined.Text);
        Assert.Equal((0, text.Length), (joined.Offset, joined.Length));
    }

    [Fact]
    public void Of_Code_KeepsItsLines()
    {
        const string Code = "```\nimport os\nimport sys\n\ndef run():\n    # Runs it.\n    Start()\n    return 1\n```";
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new CharacterCounter(), new ChunkingOptions { MaxTokens = 24, MinTokens = 0 }).Split(Code, MarkdownReader.Instance);

        Assert.True(chunks.Count > 1);
        Assert.Equal(Code, JoinedText.Of(chunks, Mapping).Text);
    }

    [Fact]
    public void Of_Table_HasTheNamesOfItsColumnsOnce()
    {
        // The line below the header is no text of the document.
        string table = "| Name | Limit |\n|---|---|\n" + string.Join('\n', Enumerable.Range(1, 30).Select(row => $"| item {row} | {row * 10} |"));
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 32 }).Split(table, MarkdownReader.Instance);

        Assert.True(chunks.Count > 2);
        Assert.Equal(table.Replace("|---|---|\n", "", StringComparison.Ordinal), JoinedText.Of(chunks, Mapping).Text);
        Assert.StartsWith("| Name | Limit |\n| item", JoinedText.Of([.. chunks.Skip(1)], Mapping).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralSections_HasTheHeadingsBetweenThem()
    {
        const string Text = "# Bike\n\nIntroduction here.\n\n## Chain\n\nOil the chain.\n\n## Brakes\n\n### Front\n\nCheck the front.";
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter()).Split(Text, MarkdownReader.Instance);

        JoinedText joined = JoinedText.Of(chunks, Mapping);

        Assert.Equal("Introduction here.\n\nChain\n\nOil the chain.\n\nBrakes\n\nFront\n\nCheck the front.", joined.Text);
        Assert.Equal(("Bike", Text.IndexOf("Intro", StringComparison.Ordinal)), (joined.HeadingPath, joined.Offset));
        Assert.Equal(Text[joined.Offset!.Value..], Text.Substring(joined.Offset.Value, joined.Length!.Value));
    }

    [Fact]
    public void Of_PartsWithoutPlaces_StandApart()
    {
        DocumentChunk[] chunks = [Chunk("one", 0, 3), Chunk("two", 4, 3)];
        PassageMapping<DocumentChunk> mapping = new() { Key = chunk => chunk.Text, Text = chunk => chunk.Text };

        JoinedText joined = JoinedText.Of(chunks, mapping);

        Assert.Equal(("one\n\ntwo", null, null), (joined.Text, joined.Offset, joined.Length));
    }

    [Fact]
    public void Of_OverlapWithSomethingLeftOut_IsCountedOnceByTheText()
    {
        // A comment of 10 units is not in the texts.
        DocumentChunk[] chunks = [Chunk("one two three.", 0, 24), Chunk("two three. Four", 14, 25)];

        Assert.Equal(("one two three. Four", 39), (JoinedText.Of(chunks, Mapping).Text, JoinedText.Of(chunks, Mapping).Length));
    }

    /// <summary>What any chunks of a document hold, once, in its order; white space and bars of tables aside.</summary>
    [Fact]
    public void Of_AnyDocument_HoldsWhatItsChunksHoldOnce()
    {
        int windows = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            ChunkingOptions options = new() { MaxTokens = random.Next(16, 60), OverlapTokens = random.Next(2) * random.Next(30), MinTokens = random.Next(10) };
            DocumentContent content = MarkdownReader.Instance.Read(RandomMarkdown.Create(seed)) with { Map = null };
            IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), options).Split(content, CancellationToken.None);
            for (int start = 0; start + 1 < chunks.Count; start++)
            {
                DocumentChunk[] window = [.. chunks.Skip(start).Take(random.Next(2, 5)).TakeWhile(chunk => chunk.HeadingPath == chunks[start].HeadingPath)];
                windows += window.Length > 1 ? 1 : 0;
                Assert.Equal((seed, start, Held(window, content.Text)), (seed, start, Bare(JoinedText.Of(window, Mapping).Text)));
            }
        }

        Assert.True(windows > 200);
    }

    private static string Held(DocumentChunk[] window, string text)
    {
        string held = window[0].Text;
        int end = window[0].Offset + window[0].Length;
        foreach (DocumentChunk chunk in window.Skip(1))
        {
            held += text[Math.Max(end, chunk.Offset)..Math.Max(end, chunk.Offset + chunk.Length)];
            end = Math.Max(end, chunk.Offset + chunk.Length);
        }

        return Bare(held);
    }

    private static string Bare(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character != '|'));

    private static DocumentChunk Chunk(string text, int offset, int length) => new() { Text = text, Offset = offset, Length = length, TokenCount = 1 };

    /// <summary>Every character is a token.</summary>
    private sealed class CharacterCounter : ITokenCounter
    {
        public int? MaxTokens => null;

        public int CountTokens(ReadOnlySpan<char> text) => text.Length;

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
        {
            tokenCount = Math.Min(maxTokens, text.Length);
            return tokenCount;
        }
    }
}
