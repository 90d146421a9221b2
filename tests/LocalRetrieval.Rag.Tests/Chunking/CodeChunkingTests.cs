using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

public sealed class CodeChunkingTests
{
    [Fact]
    public void Split_CaseOfIndentedCode_KeepsIndentationAndBodies()
    {
        string text = Cases.Read("code.md");

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordPieceTokenCounter()).Split(text, MarkdownReader.Instance);

        Assert.True(chunks.Count > 4);
        Assert.All(chunks, chunk => Assert.Equal(text.Substring(chunk.Offset, chunk.Length), chunk.Text));
        Assert.All(chunks.Skip(1).SkipLast(1), chunk => Assert.StartsWith("    if xs[", chunk.Text, StringComparison.Ordinal));
        Assert.StartsWith("    my:", chunks[^1].Text, StringComparison.Ordinal);
        Assert.StartsWith("```python\ndef f", chunks[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("\n```", chunks[^2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(200)]
    public void Split_CSharpUnderAnyLimit_HasTheDeclarationsAroundEachStart(int maxTokens)
    {
        string inner = $"    class Inner\n    {{\n        int Field;\n\n{Method("Q", 12)}\n\n{Method("R", 3)}\n    }}";
        string text = $"namespace N;\n\nclass Foo\n{{\n{Method("P", 4)}\n\n{inner}\n\n{Method("S", 30)}\n}}\n";

        IReadOnlyList<DocumentChunk> chunks = SplitFile("a.cs", text, maxTokens);

        foreach (DocumentChunk chunk in chunks)
        {
            string[] path = (chunk.HeadingPath ?? "").Split(" > ");
            foreach (string name in (string[])["P", "Q", "R", "S"])
            {
                int body = text.IndexOf($"void {name}()", StringComparison.Ordinal);
                bool isWithin = chunk.Offset > body && chunk.Offset < text.IndexOf($"{name}End", StringComparison.Ordinal);
                Assert.True(!isWithin || path[^1] == name, $"{chunk.HeadingPath}\n{chunk.Text}");
                Assert.True(!isWithin || name is "P" or "S" || path[^2] == "Inner", $"{chunk.HeadingPath}\n{chunk.Text}");
            }

            Assert.DoesNotMatch(@"^\s*class \w+\s*\{$", chunk.Text);
            Assert.InRange(chunk.TokenCount, 1, maxTokens);
            Assert.Equal(new WordTokenCounter().CountTokens(chunk.EmbeddedText), chunk.TokenCount);
        }

        static string Method(string name, int statements) =>
            $"        void {name}()\n        {{\n{string.Join('\n', Enumerable.Range(0, statements).Select(n => $"            call({n}, of, {name});"))}\n            call({name}End);\n        }}";
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(200)]
    public void Split_PythonUnderAnyLimit_HasTheDeclarationsAroundEachStart(int maxTokens)
    {
        string body = string.Join('\n', Enumerable.Range(0, 25).Select(n => $"        value = compute({n}, value)"));
        string text = $"import os\n\nclass A:\n    def f(self):\n        return 1\n\n    def g(self):\n{body}\n        return value\n\n    def h(self):\n        return 2\n";

        IReadOnlyList<DocumentChunk> chunks = SplitFile("a.py", text, maxTokens);

        int start = text.IndexOf("def g", StringComparison.Ordinal);
        int end = text.IndexOf("return value", StringComparison.Ordinal);
        Assert.All(chunks.Where(chunk => chunk.Offset > start && chunk.Offset < end), chunk => Assert.Equal("A > g", chunk.HeadingPath));
        Assert.Contains(chunks, chunk => maxTokens == 200 || (chunk.Offset > start && chunk.Offset < end));
    }

    [Fact]
    public void Split_SmallFile_IsOneChunkWithoutAPath()
    {
        string text = "class A\n{\n    void F()\n    {\n        call();\n    }\n}";

        DocumentChunk chunk = Assert.Single(SplitFile("a.cs", text, 200));

        Assert.Equal(text, chunk.Text);
        Assert.Null(chunk.HeadingPath);
    }

    [Fact]
    public void Split_LineBeyondTheLimitInADeclaration_HasThatOnItsPath()
    {
        string text = $"class A\n{{\n    void F()\n    {{\n        call(\"{new string('x', 4000)}\");\n    }}\n}}";

        IReadOnlyList<DocumentChunk> chunks = SplitFile("a.cs", text, 40);

        Assert.All(chunks.Skip(1), chunk => Assert.Equal("A > F", chunk.HeadingPath));
        Assert.All(chunks, chunk => Assert.InRange(chunk.TokenCount, 1, 40));
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(-1, 2, 0)]
    [InlineData(2, int.MaxValue, 0)]
    [InlineData(1, 2, 3)]
    public void Split_BlockBeyondTheText_IsRefusedByItsPlace(int offset, int length, int headerLength)
    {
        DocumentContent content = new()
        {
            Text = "text",
            Sections = [new() { Blocks = [new() { Offset = offset, Length = length, HeaderLength = headerLength, Kind = DocumentBlockKind.Code }] }],
        };

        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => new PassageChunker(new WordTokenCounter()).Split(content, CancellationToken.None));

        Assert.Contains($"A block at {offset}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_BlankLineNear_CutsThere()
    {
        string function = "def f():\n    a = 1\n    b = 2\n\n    c = 3\n    return a";
        string text = string.Join("\n\n", Enumerable.Repeat(function, 6));

        IReadOnlyList<DocumentChunk> chunks = Split(text, 42);

        Assert.All(chunks, chunk => Assert.StartsWith("def f():", chunk.Text, StringComparison.Ordinal));
        Assert.Equal(6, chunks.Sum(chunk => chunk.Text.Split("def ").Length - 1));
    }

    [Fact]
    public void Split_BracesCommentsAndAttributes_StayWithTheirOwn()
    {
        string method = "    /// <summary>Does it.</summary>\n    [Fact]\n    public void M()\n    {\n        A();\n        B();\n    }";
        string text = $"class C\n{{\n{string.Join("\n\n", Enumerable.Repeat(method, 8))}\n}}";

        IReadOnlyList<DocumentChunk> chunks = Split(text, 30);

        Assert.True(chunks.Count > 3);
        Assert.All(chunks.Skip(1), chunk => Assert.StartsWith("    /// <summary>", chunk.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("```")]
    [InlineData("~~~~")]
    public void Split_Fences_StandWithTheirCode(string fence)
    {
        for (int lines = 1; lines < 40; lines++)
        {
            string text = $"{fence}sh\n\n{string.Join('\n', Enumerable.Range(0, lines).Select(line => $"run {line} now"))}\n{fence}";

            IReadOnlyList<DocumentChunk> chunks = Split(text, 16);

            Assert.All(chunks, chunk => Assert.Contains("run", chunk.Text, StringComparison.Ordinal));
            Assert.All(chunks, chunk => Assert.False(chunk.Text.StartsWith(fence + "\n", StringComparison.Ordinal) || chunk.Text.EndsWith(fence + "sh", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Split_LineBeyondTheLimit_KeepsItsIndentationAndCoversIt()
    {
        string text = $"    x = [\n        {string.Join(", ", Enumerable.Range(0, 100))}\n    ]";

        IReadOnlyList<DocumentChunk> chunks = Split(text, 20);

        Assert.StartsWith("    x = [", chunks[0].Text, StringComparison.Ordinal);
        Assert.All(chunks, chunk => Assert.Equal(text.Substring(chunk.Offset, chunk.Length), chunk.Text));
        Assert.Equal(text.Count(c => !char.IsWhiteSpace(c)), chunks.Sum(chunk => chunk.Text.Count(c => !char.IsWhiteSpace(c))));
    }

    [Fact]
    public void Split_Overlap_RepeatsWholeLines()
    {
        string text = string.Join('\n', Enumerable.Range(0, 40).Select(line => $"call {line} now"));

        IReadOnlyList<DocumentChunk> chunks = Split(text, 30, 6);

        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.Text.Split('\n')[^2..], pair.Second.Text.Split('\n')[..2]));
    }

    private static IReadOnlyList<DocumentChunk> SplitFile(string name, string text, int maxTokens) =>
        new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = maxTokens, MinTokens = 10 })
            .Split(SourceCodeReader.Instance.Read(text, new DocumentContext(name)), CancellationToken.None);

    private static IReadOnlyList<DocumentChunk> Split(string text, int maxTokens, int overlap = 0) =>
        new PassageChunker(new WordTokenCounter(), new ChunkingOptions { MaxTokens = maxTokens, MinTokens = 4, OverlapTokens = overlap })
            .Split(BlockReader.Block(text, DocumentBlockKind.Code), CancellationToken.None);
}
