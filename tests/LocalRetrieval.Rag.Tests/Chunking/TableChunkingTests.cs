using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

public sealed class TableChunkingTests
{
    private const string Header = "| Region | Read quota | Write quota | Unit |";

    [Fact]
    public void Split_LongTable_NamesTheColumnsBeforeEachPart()
    {
        string[] rows = [.. Enumerable.Range(0, 60).Select(row => $"| region-{row} | {row * 7} | {row * 3} | requests per minute |")];
        DocumentContent content = BlockReader.Block($"{Header}\n{string.Join('\n', rows)}", DocumentBlockKind.Table, Header.Length, "Limits");

        IReadOnlyList<DocumentChunk> chunks = Split(content);

        Assert.True(chunks.Count > 4);
        Assert.All(chunks, chunk => Assert.StartsWith($"{Header}\n| region-", chunk.Text, StringComparison.Ordinal));
        Assert.Equal(rows, chunks.SelectMany(chunk => chunk.Text.Split('\n')[1..]));
        Assert.All(chunks.Skip(1), chunk => Assert.Equal($"{Header}\n{content.Text.Substring(chunk.Offset, chunk.Length)}", chunk.Text));
    }

    [Theory]
    [InlineData("quota.md")]
    [InlineData("wide.md")]
    public void Split_CaseOfALongTable_HasRowsBelowTheirHeader(string file)
    {
        string markdown = Cases.Read(file);
        string[] lines = [.. markdown.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|--", StringComparison.Ordinal) && !line.StartsWith("| --", StringComparison.Ordinal))];

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordPieceTokenCounter()).Split(markdown, MarkdownReader.Instance);

        Assert.Equal(lines[1..], chunks.SelectMany(chunk => chunk.Text.Split('\n')[1..]));
        Assert.All(chunks, chunk => Assert.StartsWith(lines[0] + "\n", chunk.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Split_HeaderBeyondHalfOfTheLimit_ShortensEachName()
    {
        string header = $"| {string.Join(" | ", Enumerable.Range(0, 5).Select(column => $"c{column} {Words(9)}"))} |";
        string rows = string.Join('\n', Enumerable.Range(0, 20).Select(row => $"| r{row} | a | b | c | d |"));

        IReadOnlyList<DocumentChunk> chunks = Split(BlockReader.Block($"{header}\n{rows}", DocumentBlockKind.Table, header.Length), 60);

        // The first row stands with the whole names, in as many parts as these need.
        Assert.All(chunks, chunk => Assert.Contains("\n| r", chunk.Text, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 5), column => Assert.Contains(chunks, chunk => chunk.Text.Contains($"| c{column} {Words(9)} |", StringComparison.Ordinal)));
        Assert.All(chunks.Where(chunk => !chunk.Text.Contains("| r0 ", StringComparison.Ordinal)), chunk =>
        {
            string names = chunk.Text.Split('\n')[0];
            Assert.All(Enumerable.Range(0, 5), column => Assert.Contains($"| c{column} word", names, StringComparison.Ordinal));
            Assert.InRange(new WordTokenCounter().CountTokens(names), 1, 30);
        });
        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 1, 60));
        Assert.Equal(Enumerable.Range(1, 19).Select(row => $"| r{row} | a | b | c | d |"), chunks.SelectMany(chunk => chunk.Text.Split('\n')[1..]).Where(line => !line.StartsWith("| r0 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Split_RowBeyondTheLimit_IsCutBetweenCellsThatNameTheirColumns()
    {
        string header = $"| Key | {string.Join(" | ", Enumerable.Range(1, 11).Select(column => $"Col{column}"))} |";
        string row = $"| k1 | {string.Join(" | ", Enumerable.Range(1, 11).Select(column => $"v{column} a\\|b `c\\|d` {Words(5)}"))} |";

        IReadOnlyList<DocumentChunk> chunks = Split(BlockReader.Block($"{header}\n{row}", DocumentBlockKind.Table, header.Length), 60);

        Assert.True(chunks.Count > 1);
        Assert.All(chunks, chunk =>
        {
            string[] lines = chunk.Text.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("| Key | Col", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("| k1 | v", lines[1], StringComparison.Ordinal);
            Assert.Equal(Numbers(lines[0], "Col"), Numbers(lines[1], "v"));
            Assert.InRange(chunk.TokenCount, 1, 60);
        });
        Assert.Equal(Enumerable.Range(1, 11), chunks.SelectMany(chunk => Numbers(chunk.Text.Split('\n')[1], "v")));
    }

    [Theory]
    [InlineData(12, 40)]
    [InlineData(12, 64)]
    [InlineData(30, 40)]
    [InlineData(5, 32)]
    [InlineData(12, 200)]
    public void Split_WideTable_HasPartsOfSeveralCellsWithTheirNames(int columns, int maxTokens)
    {
        string header = $"| {string.Join(" | ", Enumerable.Range(0, columns).Select(column => $"column name number {column} which is long"))} |";
        string[] rows = [.. Enumerable.Range(0, 6).Select(row => $"| {string.Join(" | ", Enumerable.Range(0, columns).Select(column => $"v{column}"))} |")];

        IReadOnlyList<DocumentChunk> chunks = Split(BlockReader.Block($"{header}\n{string.Join('\n', rows)}", DocumentBlockKind.Table, header.Length), maxTokens);

        Assert.All(chunks, chunk =>
        {
            string[] lines = chunk.Text.Split('\n');
            Assert.All(lines[1..], line => Assert.StartsWith("| v0 |", line, StringComparison.Ordinal));
            int[] cells = [.. Numbers(lines[^1], "v")];
            string[] names = [.. TableCells.Split(lines[0], new TextRange(0, lines[0].Length)).Select(name => name.Of(lines[0]).ToString())];
            Assert.Equal(cells.Length, names.Length);
            Assert.All(names, name => Assert.StartsWith("column", name, StringComparison.Ordinal));
            Assert.True(cells.Length == columns || cells.Zip(names).All(pair => pair.Second.StartsWith($"column name number {pair.First}", StringComparison.Ordinal)), chunk.Text);
            Assert.True(new WordTokenCounter().CountTokens(lines[0]) <= maxTokens / 2 || chunk.Offset <= header.Length + rows[0].Length, chunk.Text);
        });
        Assert.Equal(Enumerable.Range(0, columns), chunks.SelectMany(chunk => Numbers(chunk.Text.Split('\n')[1], "v").Where(column => column > 0 || chunk.Offset < header.Length + 3)).Distinct());
        Assert.All(Enumerable.Range(0, columns), column => Assert.Contains(chunks, chunk => chunk.Text.Contains($"| column name number {column} which is long |", StringComparison.Ordinal)));
        Assert.InRange(chunks.Count, 1, (columns + 1) / 2 * rows.Length);
    }

    [Fact]
    public void Split_FirstCellBeforeALongOne_IsNoChunkByItself()
    {
        string cell = string.Join(' ', Enumerable.Range(0, 20).Select(index => $"Sentence {index} {Words(6)}."));
        string header = "| Key | Note | More |";

        IReadOnlyList<DocumentChunk> chunks = Split(BlockReader.Block($"{header}\n| a | {cell} | x |\n| b | {cell} | y |", DocumentBlockKind.Table, header.Length), 40);

        Assert.All(chunks, chunk => Assert.InRange(new WordTokenCounter().CountTokens(chunk.Text.Split('\n')[1]), 4, 40));
        Assert.Contains(chunks, chunk => chunk.Text.StartsWith("| Key | Note |\n| b | Sentence 0 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Split_CellBeyondTheLimit_IsCutAtSentences()
    {
        string cell = string.Join(' ', Enumerable.Range(0, 20).Select(index => $"Sentence {index} {Words(6)}."));
        string header = "| Key | Note |";

        IReadOnlyList<DocumentChunk> chunks = Split(BlockReader.Block($"{header}\n| k1 | {cell} |", DocumentBlockKind.Table, header.Length), 50);

        Assert.All(chunks.Skip(1), chunk => Assert.StartsWith("| Key | Note |\n| k1 | Sentence", chunk.Text, StringComparison.Ordinal));
        Assert.All(chunks.Skip(1), chunk => Assert.EndsWith(".", chunk.Text.TrimEnd(' ', '|'), StringComparison.Ordinal));
        Assert.Equal(20, chunks.Sum(chunk => chunk.Text.Split("Sentence").Length - 1));
    }

    [Fact]
    public void Split_ProseBeforeATable_MayShareAChunkWithItsStart()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 40).Select(row => $"| r{row} | {row} |"));
        string text = $"An introduction.\n\n| Name | Value |\n{rows}";
        DocumentContent content = new()
        {
            Text = text,
            Sections = [new() { Blocks = [new() { Offset = 0, Length = 16 }, new() { Offset = 18, Length = text.Length - 18, Kind = DocumentBlockKind.Table, HeaderLength = 16 }] }],
        };

        IReadOnlyList<DocumentChunk> chunks = Split(content);

        Assert.StartsWith("An introduction.\n\n| Name | Value |\n| r0", chunks[0].Text, StringComparison.Ordinal);
        Assert.All(chunks.Skip(1), chunk => Assert.StartsWith("| Name | Value |\n| r", chunk.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("| a | b\\|c | `d\\|e` | ``f`\\|g`` |", "a", "b\\|c", "`d\\|e`", "``f`\\|g``")]
    [InlineData("| it`s | Bob`s | `d|e` |", "it`s", "Bob`s", "`d", "e`")]
    [InlineData("| a\\\\|b | c\\ | d |", "a\\\\|b", "c\\", "d")]
    [InlineData("a | b", "a", "b")]
    [InlineData("| a ` b | c |", "a ` b", "c")]
    [InlineData("| | x | |", "", "x", "")]
    [InlineData("|", new string[0])]
    [InlineData("| a \\", "a \\")]
    public void Cells_Row_AreBetweenItsBars(string row, params string[] cells) =>
        Assert.Equal(cells, TableCells.Split(row, new TextRange(0, row.Length)).Select(cell => cell.Of(row).ToString()));

    [Fact]
    public void Cells_RowThatABuilderWrote_AreThoseAdded()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            string[] cells = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => "a|\\` "[random.Next(5)])))];
            DocumentContentBuilder builder = new(new DocumentContext("a"));
            builder.BeginTable(header: null);
            builder.AddTableRow(["first", .. cells]);
            builder.EndTable();
            string row = builder.Build().Text;

            IEnumerable<string> read = TableCells.Split(row, new TextRange(0, row.Length)).Select(cell => cell.Of(row).ToString().Replace("\\|", "|", StringComparison.Ordinal));

            Assert.Equal(["first", .. cells.Select(HeadingPaths.Clean)], read);
        }
    }

    /// <summary>Any table keeps the limit, loses no word, and never starts a part without its names where these fit.</summary>
    [Fact]
    public void Split_AnyTable_KeepsTheLimitAndEveryCell()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            int columns = random.Next(1, 9);
            int word = 0;
            string Cell(int most) => string.Join(' ', Enumerable.Range(0, random.Next(0, most + 1)).Select(_ => $"w{word++}{(random.Next(6) == 0 ? "." : "")}"));
            string Row(int most) => $"| {string.Join(" | ", Enumerable.Range(0, columns).Select(_ => Cell(most)))} |";
            string header = Row(random.Next(2, 8));
            string text = string.Join('\n', [header, .. Enumerable.Range(0, random.Next(0, 12)).Select(_ => Row(random.Next(8) == 0 ? 60 : 4))]);
            int limit = random.Next(16, 90);
            ITokenCounter counter = random.Next(2) == 0 ? new WordTokenCounter(countLineFeeds: random.Next(2) == 0) : new WordPieceTokenCounter();
            string? path = random.Next(2) == 0 ? "A > B" : null;
            ChunkingOptions options = new() { MaxTokens = limit, OverlapTokens = random.Next(3) == 0 ? 20 : 0, MinTokens = random.Next(20) };

            IReadOnlyList<DocumentChunk> chunks = new PassageChunker(counter, options)
                .Split(BlockReader.Block(text, DocumentBlockKind.Table, random.Next(4) == 0 ? 0 : header.Length, path), CancellationToken.None);

            Assert.All(chunks, chunk => Assert.Equal(counter.CountTokens(chunk.EmbeddedText), chunk.TokenCount));
            Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 0, limit));
            HashSet<string> found = [.. chunks.SelectMany(chunk => chunk.Text.Split((char[]?)[' ', '\n', '|', '.']))];
            Assert.All(Enumerable.Range(0, word), index => Assert.True(found.Contains($"w{index}"), $"Seed {seed}: w{index} of {text}"));
        }
    }

    [Fact]
    public void Split_TwentyThousandRows_CountsEachAboutTwice()
    {
        string header = "| Key | Value |";
        string text = $"{header}\n{string.Join('\n', Enumerable.Range(0, 20_000).Select(row => $"| key-{row} | the value of {row} |"))}";
        CountingTokenCounter counter = new();

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(counter).Split(BlockReader.Block(text, DocumentBlockKind.Table, header.Length), CancellationToken.None);

        Assert.Equal(20_000, chunks.Sum(chunk => chunk.Text.Split('\n').Length - 1));
        Assert.InRange(counter.Characters, text.Length, 4L * text.Length);
    }

    [Fact]
    public void Split_TwentyThousandColumns_CountsEachAFewTimes()
    {
        string header = $"| {string.Join(" | ", Enumerable.Range(0, 20_000).Select(column => $"name {column}"))} |";
        string row = $"| {string.Join(" | ", Enumerable.Range(0, 20_000))} |";
        CountingTokenCounter counter = new();

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(counter)
            .Split(BlockReader.Block($"{header}\n{row}", DocumentBlockKind.Table, header.Length), CancellationToken.None);

        Assert.InRange(counter.Characters, row.Length, 20L * (header.Length + row.Length));
        Assert.Contains(chunks, chunk => chunk.Text.Contains("name 19999", StringComparison.Ordinal) && chunk.Text.Contains("| 19999", StringComparison.Ordinal));
    }

    private static IEnumerable<int> Numbers(string line, string prefix) =>
        TableCells.Split(line, new TextRange(0, line.Length)).Select(cell => cell.Of(line).ToString()).Where(cell => cell.StartsWith(prefix, StringComparison.Ordinal))
            .Select(cell => int.Parse(cell[prefix.Length..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static IReadOnlyList<DocumentChunk> Split(DocumentContent content, int maxTokens = 200) =>
        new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = maxTokens }).Split(content, CancellationToken.None);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
