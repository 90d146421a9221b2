namespace LocalRetrieval.Rag.Tests.Documents.Json;

public sealed class JsonDocumentReaderTests
{
    [Fact]
    public void Read_NestedObjects_HaveTheirKeysAsHeadings()
    {
        DocumentContent content = Read("""
            {
              // who
              "users": [
                { "name": "Ann", "address": { "city": "Bonn", "zip": 53111.00, "tags": ["a", "b"] }, "age": 1e400, "age": 7, },
                { "name": "Bob", "address": { "city": "Rome" } },
              ],
              "empty": {}, "none": null
            }
            """);

        Assert.Equal(
            [
                "|empty: {}\nnone: null", "users > 0|name: Ann\nage: 1e400\nage: 7", "users > 0 > address|city: Bonn\nzip: 53111.00\ntags: a, b",
                "users > 1|name: Bob", "users > 1 > address|city: Rome",
            ],
            Blocks(content));
        Assert.Null(content.Map);
    }

    [Fact]
    public void Read_ArrayOfFlatObjects_IsATable()
    {
        DocumentContent content = Read("""{ "prices": [ { "name": "nut", "price": 3.50 }, { "price": 4, "name": "a|b", "new": true }, { "name": "screw" } ] }""");

        DocumentSection section = Assert.Single(content.Sections);
        Assert.Equal("prices", section.HeadingPath);
        DocumentBlock table = Assert.Single(section.Blocks);
        Assert.Equal("| name | price | new |\n| nut | 3.50 |  |\n| a\\|b | 4 | true |\n| screw |  |  |", content.Text.Substring(table.Offset, table.Length));
        Assert.Equal("| name | price | new |".Length, table.HeaderLength);
    }

    [Fact]
    public void Read_LongString_IsAParagraph()
    {
        string text = string.Concat(Enumerable.Repeat("A sentence of some words. ", 20)).Trim();

        DocumentContent content = Read($$"""{ "title": "T", "body": "{{text}}\n\nAnd more." }""");

        DocumentSection section = Assert.Single(content.Sections);
        Assert.Equal([DocumentBlockKind.Lines, DocumentBlockKind.Prose, DocumentBlockKind.Prose], section.Blocks.Select(block => block.Kind));
        Assert.Equal($"title: T\n\nbody: {text}\n\nAnd more.", content.Text);
    }

    [Theory]
    [InlineData("3.10", "3.10")]
    [InlineData("\"x\"", "x")]
    [InlineData("[1, 2.0, \"c\"]", "1, 2.0, c")]
    [InlineData("[[1, 2], [3, 4]]", "1, 2\n3, 4")]
    [InlineData("\uFEFF{\"a\\u00e4\": \"\\ud800\"}", "aä: \\ud800")]
    public void Read_SmallValues_AreLines(string json, string expected) => Assert.Equal(expected, Read(json).Text);

    [Theory]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "line 3, byte 3")]
    [InlineData("{ \"a\": ", "line 1")]
    [InlineData("{} {}", "line 1")]
    [InlineData("nul", "line 1")]
    public void Read_Broken_SaysWhere(string json, string place)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(json));

        Assert.Contains("'a.json'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF \n")]
    public void Read_Blank_SaysWhy(string json)
    {
        Assert.Empty(Read(json).Sections);
        Assert.Equal("it is empty", Read(json).EmptyReason);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Read_TooDeep_IsRefusedByOption(char open, char close)
    {
        string json = string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{\"a\":", 300)) + "1" + new string(close, 300);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(json));

        Assert.Contains("MaxDepth, 256", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(JsonDocumentReader.Instance.Read(json, new DocumentContext("a.json", new DocumentReadingOptions { MaxDepth = 400 })).Sections);
    }

    [Fact]
    public void Read_BeyondHeadings_KeepsKeysInLines()
    {
        string json = string.Concat(Enumerable.Range(1, 15).Select(level => $"{{\"k{level}\":")) + "1" + new string('}', 15);

        DocumentSection section = Assert.Single(Read(json).Sections);

        Assert.EndsWith("k12", section.HeadingPath, StringComparison.Ordinal);
        Assert.EndsWith("\nk13.k14.k15: 1", Read(json).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1},", "[", "1]")]
    [InlineData("[{\"a\":1},{\"b\":[]}],", "[", "1]")]
    [InlineData("[[[", "", "")]
    public async Task Read_HostileRepetition_Ends(string piece, string before, string after)
    {
        string json = before + string.Concat(Enumerable.Repeat(piece, 100_000)) + after;

        await Task.Run(() => Record.Exception(() => Read(json))).WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        string json = "[" + string.Join(',', Enumerable.Repeat("[1]", 5000)) + "]";

        Assert.Throws<OperationCanceledException>(() => JsonDocumentReader.Instance.Read(json, new DocumentContext("a.json"), new CancellationToken(canceled: true)));
    }

    private static IEnumerable<string> Blocks(DocumentContent content) =>
        content.Sections.SelectMany(section => section.Blocks.Select(block => $"{section.HeadingPath}|{content.Text.Substring(block.Offset, block.Length)}"));

    private static DocumentContent Read(string json) => JsonDocumentReader.Instance.Read(json, new DocumentContext("a.json"));
}
