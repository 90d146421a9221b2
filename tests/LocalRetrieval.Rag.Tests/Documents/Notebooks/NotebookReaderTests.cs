using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag.Tests.Documents.Notebooks;

public sealed class NotebookReaderTests
{
    private static readonly object Python = new { kernelspec = new { name = "python3", language = "python" }, title = "Prices", authors = new[] { new { name = "Ann" }, new { name = "Bob" } } };

    [Fact]
    public void Read_HeadingsOfOneCell_StandAboveTheNext()
    {
        DocumentContent content = Read(
            new { cell_type = "markdown", source = new[] { "# Prices\n", "\n", "About prices.\n", "## Sums" } },
            new { cell_type = "code", source = "total = sum(prices)\n\n# not a heading", outputs = Array.Empty<object>() },
            new { cell_type = "markdown", source = "Then *means*." });

        Assert.Equal(["Prices", "Prices > Sums"], content.Sections.Select(section => section.HeadingPath));
        Assert.Contains("total = sum(prices)\n\n# not a heading", content.Text, StringComparison.Ordinal);
        Assert.NotEqual(DocumentBlockKind.Prose, content.Sections[1].Blocks[0].Kind);
        Assert.Null(content.Map);
        Assert.Contains("programming_language=python", content.Metadata.Properties);
        Assert.Equal("Prices", content.Metadata.Title);
        Assert.Equal("Ann, Bob", content.Metadata.Author);
    }

    [Fact]
    public void Read_Outputs_KeepTheirTextAlone()
    {
        DocumentContent content = Read(new
        {
            cell_type = "code",
            source = "run()",
            outputs = new object[]
            {
                new { output_type = "stream", name = "stdout", text = new[] { "10 %\r50 %\r100 %\n", "\u001b[31mred\u001b[0m\n" } },
                new { output_type = "execute_result", data = new Dictionary<string, object> { ["text/plain"] = "   a  b\n0  1  2", ["text/html"] = "<table>" } },
                new { output_type = "display_data", data = new Dictionary<string, object> { ["text/plain"] = "<Figure size 1x1>", ["image/png"] = "iVBORw0KGgo" } },
                new { output_type = "display_data", data = new Dictionary<string, object> { ["text/html"] = "<b>no</b>" } },
                new { output_type = "error", ename = "KeyError", evalue = "'x'", traceback = new[] { "\u001b[0;31m---" } },
                new { output_type = "stream", text = string.Concat(Enumerable.Range(0, 500).Select(n => $"line {n}\n")) },
            },
        });

        Assert.Contains("100 %\nred\n   a  b\n0  1  2\nKeyError: 'x'\nline 0\n", content.Text, StringComparison.Ordinal);
        Assert.Contains("…", content.Text, StringComparison.Ordinal);
        foreach (string absent in (string[])["10 %", "Figure", "iVBOR", "<b>", "<table>", "\u001b", "---\n", "line 499"])
        {
            Assert.DoesNotContain(absent, content.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("```python\nopen()")]
    [InlineData("~~~~\nopen()")]
    [InlineData("Text\n\n<!-- open")]
    [InlineData("<script>\nopen()")]
    public void Read_CellLeftOpen_DoesNotTakeInTheNext(string open)
    {
        DocumentContent content = Read(new { cell_type = "markdown", source = open }, new { cell_type = "markdown", source = "# After\n\nBody." });

        Assert.Equal("After", content.Sections[^1].HeadingPath);
    }

    [Fact]
    public void Read_FencesInCode_StayInOneBlock()
    {
        DocumentContent content = Read(new { cell_type = "code", source = "s = '''\n```\n# no\n```\n'''", outputs = Array.Empty<object>() });

        Assert.Single(Assert.Single(content.Sections).Blocks);
    }

    [Fact]
    public void Read_Format3_HasWorksheetsAndHeadingCells()
    {
        DocumentContent content = Read(Encoding.UTF8.GetBytes("""
            {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"metadata": {}, "cells": [
              {"cell_type": "heading", "level": 2, "source": ["Sums"]},
              {"cell_type": "code", "input": ["1 + 1"], "language": "python", "outputs": [{"output_type": "pyout", "text": ["2"]}, {"output_type": "display_data", "png": "iVBOR", "text": ["<plot>"]}]}
            ]}]}
            """));

        DocumentSection section = Assert.Single(content.Sections);
        Assert.Equal("Sums", section.HeadingPath);
        Assert.Contains("1 + 1", content.Text, StringComparison.Ordinal);
        Assert.Contains("2", content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("plot", content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NotebookOfAnotherName_IsToldByItsKeys()
    {
        byte[] bytes = Notebook(new { cell_type = "markdown", source = "# A\n\nB" });

        DocumentContent content = await DocumentReaders.Default.ReadAsync(SourceDocument.FromStream("cell.json", _ => Task.FromResult<Stream>(new MemoryStream(bytes))));

        Assert.Equal("A", Assert.Single(content.Sections).HeadingPath);
    }

    [Theory]
    [InlineData("{\"nbformat\": 4, \"cells\": [", "line 1")]
    [InlineData("{\"nbformat\": 2, \"worksheets\": []}", "nbformat is 2")]
    [InlineData("{\"cells\": []}", "missing")]
    [InlineData("{\"nbformat\": 4}", "no cells")]
    [InlineData("[]", "missing")]
    public void Read_Broken_SaysWhat(string json, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes(json)));

        Assert.Contains("'a.ipynb'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoCells_SaysWhy() => Assert.Equal("its cells are empty", Read(Array.Empty<object>()).EmptyReason);

    [Fact]
    public void Read_OddCells_AreLeftOut() =>
        Assert.Empty(Read(Encoding.UTF8.GetBytes("{\"nbformat\": 4, \"cells\": [1, null, [], {}, {\"cell_type\": 3}, {\"cell_type\": \"code\", \"source\": 1, \"outputs\": [1, {\"data\": 2}]}]}")).Sections);

    [Fact]
    public void Read_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => NotebookReader.Instance.Read(Encoding.UTF8.GetString(Notebook()), new DocumentContext("a.ipynb"), new CancellationToken(canceled: true)));

    private static DocumentContent Read(params object[] cells) => Read(Notebook(cells));

    private static DocumentContent Read(byte[] notebook) => NotebookReader.Instance.Read(Encoding.UTF8.GetString(notebook), new DocumentContext("a.ipynb"));

    private static byte[] Notebook(params object[] cells) => JsonSerializer.SerializeToUtf8Bytes(new { cells, metadata = Python, nbformat = 4, nbformat_minor = 5 });
}
