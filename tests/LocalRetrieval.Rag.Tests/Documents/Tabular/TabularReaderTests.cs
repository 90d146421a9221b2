namespace LocalRetrieval.Rag.Tests.Documents.Tabular;

public sealed class TabularReaderTests
{
    [Theory]
    [InlineData("a.csv", "name,price\nnut,3\nbolt,4\n")]
    [InlineData("a.csv", "\uFEFFname;price\r\nnut;3\r\nbolt;4")]
    [InlineData("a.csv", "name|price\rnut|3\rbolt|4\r")]
    [InlineData("a.csv", "name\tprice\nnut\t3\nbolt\t4\n")]
    [InlineData("a.tsv", "name\tprice\nnut\t3\nbolt\t4\n")]
    [InlineData("a.csv", "sep=;\nname;price\nnut;3\nbolt;4\n")]
    [InlineData("a.csv", "\"name\" , \"price\"\n\"nut\" , 3\n\"bolt\" , 4\n")]
    public void Read_AnyDelimiter_GivesOneTableWithHeader(string source, string text)
    {
        DocumentContent content = Read(source, text);

        DocumentBlock table = Assert.Single(Assert.Single(content.Sections).Blocks);
        Assert.Equal("| name | price |\n| nut | 3 |\n| bolt | 4 |", content.Text.Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal(DocumentBlockKind.Table, table.Kind);
        Assert.Equal(content.Text.IndexOf('\n', StringComparison.Ordinal), table.HeaderLength);
        Assert.Empty(content.Warnings);
        Assert.Null(content.Map);
    }

    [Theory]
    [InlineData("https://example.org/a.csv?raw=1")]
    [InlineData("a.eml > b.CSV")]
    public void Read_NameOfAnyKind_TellsTheDelimiterWhereNothingElseDoes(string source)
    {
        const string Text = "a,b\tc\nd,e\tf\n";

        Assert.Equal(Read("a.csv", Text).Text, Read(source, Text).Text);
        Assert.NotEqual(Read("a.tsv", Text).Text, Read(source, Text).Text);
    }

    [Fact]
    public void Read_QuotedCells_KeepDelimitersAndQuotesAndJoinLines()
    {
        DocumentContent content = Read("a.csv", "name,note,n\nnut,\"a, \"\"b\"\"\r\nc | d\",1\nbolt,5\" long,2\n");

        Assert.Equal("| name | note | n |\n| nut | a, \"b\" c \\| d | 1 |\n| bolt | 5\" long | 2 |", content.Text);
        Assert.Empty(content.Warnings);
    }

    [Fact]
    public void Read_RaggedRows_KeepTheirCellsAndWarnOnce()
    {
        DocumentContent content = Read("a.csv", "a,b,c\n1,2,3\n4\n\n5,6,7,8\n9,,\n");

        Assert.Equal("| a | b | c |\n| 1 | 2 | 3 |\n| 4 |  |  |\n| 5 | 6 | 7 | 8 |\n| 9 |  |  |", content.Text);
        DocumentWarning warning = Assert.Single(content.Warnings);
        Assert.Equal(3, warning.Line);
        Assert.StartsWith("2 rows", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nut,3\nbolt,4\n", 0)]
    [InlineData("2024-01-01,3\n2024-01-02,4\n", 0)]
    [InlineData("a,b\nc,a\n", 7)]
    [InlineData("a,b\na,c\n", 0)]
    [InlineData("country,1960,1961\nChad,3000000,3100000\n", 0)]
    [InlineData("country,1960,1961\nChad,3000123.5,3100000.5\nMali,5.5,6.5", 25)]
    [InlineData("only,a,header\n", 0)]
    public void Read_FirstRow_IsHeaderWhereItLooksLikeOne(string text, int headerLength)
    {
        DocumentContent content = Read("a.csv", text);

        int expected = text.StartsWith("country", StringComparison.Ordinal) ? "| country | 1960 | 1961 |".Length : headerLength == 0 ? 0 : "| a | b |".Length;
        Assert.Equal(expected, content.Sections[0].Blocks[0].HeaderLength);
    }

    [Fact]
    public void Read_TitleAboveTheHeader_IsAParagraph()
    {
        DocumentContent content = Read("a.csv", "Sales of 2024,,\n,,\nregion,q1,q2\nnorth,1,2\nsouth,3,4\n");

        Assert.Equal("Sales of 2024\n\n| region | q1 | q2 |\n| north | 1 | 2 |\n| south | 3 | 4 |", content.Text);
        Assert.Equal("| region | q1 | q2 |".Length, content.Sections[0].Blocks[^1].HeaderLength);
    }

    [Fact]
    public void Read_QuoteNeverClosed_IsTextAndWarns()
    {
        DocumentContent content = Read("a.csv", "a,b\n1,\"two\n3,four\n");

        Assert.Equal("| a | b |\n| 1 | \"two |\n| 3 | four |", content.Text);
        Assert.Equal(2, Assert.Single(content.Warnings).Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\r\n\r\n")]
    [InlineData(",,\n,,\n")]
    public void Read_NoCells_SaysWhy(string text)
    {
        DocumentContent content = Read("a.csv", text);

        Assert.Empty(content.Sections);
        Assert.Equal("it has no rows", content.EmptyReason);
    }

    [Fact]
    public void Read_RandomCells_GivesThemBack()
    {
        string[] values = ["", "a", "b c", "1", "x\"y", "p,q", "u\nv", "\"", "ä|ö", "日本"];
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string[][] rows = [.. Enumerable.Range(0, 2 + random.Next(6)).Select(_ => Enumerable.Range(0, 3).Select(column => column == 0 ? "k" : values[random.Next(values.Length)]).ToArray())];
            string text = string.Join("\r\n", rows.Select(row => string.Join(',', row.Select(Quote))));

            DelimitedRows read = new(text, ',', 0);

            foreach (string[] row in rows)
            {
                Assert.True(read.Next());
                Assert.Equal(row, read.Cells);
            }

            Assert.False(read.Next());
        }

        static string Quote(string value) => value.AsSpan().ContainsAny("\",\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"a,\"b,")]
    [InlineData(",\"x\n")]
    [InlineData("a\n")]
    public async Task Read_HostileRepetition_Ends(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        await Task.Run(() => Read("a.csv", text)).WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Read_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => TabularReader.Instance.Read("a,b\n1,2\n", new DocumentContext("a.csv"), new CancellationToken(canceled: true)));

    private static DocumentContent Read(string source, string text) => TabularReader.Instance.Read(text, new DocumentContext(source));
}
