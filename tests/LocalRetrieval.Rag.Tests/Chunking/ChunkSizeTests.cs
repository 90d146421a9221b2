using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Overlap, the least size, pages, and what cutting costs.</summary>
public sealed class ChunkSizeTests
{
    [Fact]
    public void Split_CaseOfOverlap_StartsWithTheLastSentenceBefore()
    {
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 200, OverlapTokens = 40 })
            .Split(Cases.Read("queue.txt"), PlainTextReader.Instance);

        Assert.True(chunks.Count > 3);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair =>
        {
            string last = pair.First.Text[(pair.First.Text.LastIndexOf(". The", StringComparison.Ordinal) + 2)..];
            Assert.StartsWith(last, pair.Second.Text, StringComparison.Ordinal);
        });
        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 1, 200));
    }

    [Fact]
    public void Split_SentencesOfAnyLength_ShareOneWhereItFits()
    {
        int fitting = 0;
        int shared = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            string text = string.Join("\n\n", Enumerable.Range(0, 12).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"S{Words(random.Next(3, 16))}."))));
            ChunkingOptions options = new() { MaxTokens = 60, OverlapTokens = 16, MinTokens = random.Next(20) };
            WordTokenCounter counter = new();

            IReadOnlyList<DocumentChunk> chunks = new PassageChunker(counter, options).Split(text, PlainTextReader.Instance);

            foreach ((DocumentChunk before, DocumentChunk chunk) in chunks.Zip(chunks.Skip(1)))
            {
                string last = before.Text[before.Text.LastIndexOf('S')..];
                fitting += counter.CountTokens(last) <= 16 ? 1 : 0;
                shared += counter.CountTokens(last) <= 16 && chunk.Text.StartsWith(last, StringComparison.Ordinal) | (chunk.Text.Contains(last, StringComparison.Ordinal) && chunk.Offset < before.Offset + before.Length) ? 1 : 0;
            }
        }

        Assert.True(fitting > 200);
        Assert.True(shared >= .95 * fitting, $"{shared} of {fitting}");
    }

    [Fact]
    public void Split_OverlapOfTwoSections_DoesNotMixThem()
    {
        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { OverlapTokens = 50 })
            .Split("# A\n\nOne here.\n\n# B\n\nTwo here.", MarkdownReader.Instance);

        Assert.Equal(["One here.", "Two here."], chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public void Split_CrumbBeforeALongParagraph_TakesOfIt()
    {
        string paragraph = string.Join(' ', Enumerable.Repeat($"S{Words(8)}.", 11));

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 100, MinTokens = 30 })
            .Split($"A crumb.\n\n{paragraph}\n\n{paragraph}\n\nAn end.", PlainTextReader.Instance);

        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 30, 100));
        Assert.StartsWith("A crumb.", chunks[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("para.\n\n```\n", "\n```", 600)]
    [InlineData("para.\n\n", "", 600)]
    [InlineData("# Title\n\nFew words here.\n\n    ", "", 100)]
    public void Split_CrumbBeforeALineBeyondTheLimit_StandsWithItsStart(string before, string after, int words)
    {
        string text = before + string.Concat(Enumerable.Repeat("abcdef", words)) + after;

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 40, MinTokens = 10 }).Split(text, MarkdownReader.Instance);

        Assert.True(chunks.Count > 2);
        Assert.InRange(chunks[0].TokenCount, 10, 40);
        Assert.Contains("abcdef", chunks[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_LinesWithoutStops_AreCutBetweenLinesAndRepeatedWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 60).Select(number => $"line number {number} without any stop")];

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 40, OverlapTokens = 10, MinTokens = 10 })
            .Split(string.Join('\n', lines), PlainTextReader.Instance);

        Assert.True(chunks.Count > 10);
        Assert.All(chunks, chunk => Assert.All(chunk.Text.Split('\n'), line => Assert.Contains(line, lines)));
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.Text.Split('\n')[^1], pair.Second.Text.Split('\n')[0]));
    }

    [Fact]
    public void Split_WrappedTextWithoutAStop_IsCutAtTheEndsOfLines()
    {
        string line = "and the wrapped line of many words went on and on, and then";
        string text = string.Join('\n', Enumerable.Repeat(line, 20));

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 40, MinTokens = 10 }).Split(text, PlainTextReader.Instance);

        Assert.All(chunks, chunk => Assert.All(chunk.Text.Split('\n'), part => Assert.Equal(line, part)));
    }

    /// <summary>A chunk below the least size is one that neither neighbour has room for or can give to.</summary>
    [Fact]
    public void Split_AnySentences_LeavesNoCrumbThatANeighbourHasRoomFor()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string text = string.Join("\n\n", Enumerable.Range(0, 15).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => $"S{Words(random.Next(3, 9))}."))));

            IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 60, MinTokens = 20 }).Split(text, PlainTextReader.Instance);

            Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 20, 60));
        }
    }

    [Fact]
    public void Split_HeadingOfNothing_JoinsWhatFollows()
    {
        string paragraph = string.Join(' ', Enumerable.Repeat($"S{Words(8)}.", 5));
        string text = $"{paragraph}\n\nA heading\n\n{paragraph}";
        DocumentContent content = new()
        {
            Text = text,
            Sections =
            [
                new()
                {
                    Blocks =
                    [
                        new() { Offset = 0, Length = paragraph.Length },
                        new() { Offset = paragraph.Length + 2, Length = 9, Kind = DocumentBlockKind.Heading },
                        new() { Offset = paragraph.Length + 13, Length = paragraph.Length },
                    ],
                },
            ],
        };

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 60 }).Split(content, CancellationToken.None);

        Assert.Equal([paragraph, $"A heading\n\n{paragraph}"], chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public void Split_Pages_GivesThatOfTheFirstBlock()
    {
        DocumentContentBuilder builder = new(new DocumentContext("x")) { Page = 1 };
        builder.AddParagraph(Words(50) + ".");
        builder.Page = 2;
        builder.AddParagraph("On the second page.");
        builder.AddParagraph(Words(50) + ".");
        builder.Page = null;
        builder.AddParagraph(Words(60) + ".");

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = 60 }).Split(builder.Build(), CancellationToken.None);

        Assert.Equal([1, 2, null], chunks.Select(chunk => chunk.Page));
    }

    [Theory]
    [InlineData("*word* ", 6000, DocumentBlockKind.Prose)]
    [InlineData("word ", 200_000, DocumentBlockKind.Prose)]
    [InlineData("x", 1_000_000, DocumentBlockKind.Lines)]
    [InlineData("x.y(z);", 150_000, DocumentBlockKind.Code)]
    [InlineData("    a = b\n", 50_000, DocumentBlockKind.Code)]
    [InlineData("A sentence of six words here. ", 30_000, DocumentBlockKind.Prose)]
    [InlineData("| ", 300_000, DocumentBlockKind.Table)]
    [InlineData("日本語。", 100_000, DocumentBlockKind.Prose)]
    public void Split_HugeBlock_CountsEachCharacterAFewTimes(string unit, int count, DocumentBlockKind kind)
    {
        string text = string.Concat(Enumerable.Repeat(unit, count)).TrimEnd();
        CountingTokenCounter counter = new();

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(counter).Split(BlockReader.Block(text, kind), CancellationToken.None);

        Assert.Equal(kind == DocumentBlockKind.Table, chunks.Count == 0);
        Assert.InRange(counter.Characters, 0, 16L * text.Length);
        Assert.InRange(counter.LongestText, 0, 4000);
    }

    [Theory]
    [InlineData("word ", DocumentBlockKind.Prose)]
    [InlineData("A sentence. ", DocumentBlockKind.Prose)]
    [InlineData("x", DocumentBlockKind.Lines)]
    [InlineData("    a = b\n", DocumentBlockKind.Code)]
    [InlineData("| a | b |\n", DocumentBlockKind.Table)]
    [InlineData("| a b c d e ", DocumentBlockKind.Table)]
    public void Split_CancelledAtAnyCall_EndsSoon(string unit, DocumentBlockKind kind)
    {
        DocumentContent content = BlockReader.Block(string.Concat(Enumerable.Repeat(unit, 20_000)).TrimEnd(), kind);
        for (int at = 1; at < 20; at++)
        {
            using CancellationTokenSource source = new();
            int calls = 0;
            CountingTokenCounter counter = new(() =>
            {
                if (++calls == at)
                {
                    source.Cancel();
                }
            });

            Assert.Throws<OperationCanceledException>(() => new PassageChunker(counter).Split(content, source.Token));
            Assert.InRange(calls, at, at + 64);
        }
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
