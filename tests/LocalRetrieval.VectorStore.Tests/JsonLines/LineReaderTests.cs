using System.Text;
using LocalRetrieval.VectorData.JsonLines;

namespace LocalRetrieval.VectorData.Tests.JsonLines;

/// <summary>Lines are read as they stand in a stream, in whatever pieces that gives them.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1a")]
    [InlineData("a\nb\n", "1a 2b")]
    [InlineData("\uFEFFa\r\n\n \t\r\nb", "1a\r 4b")]
    [InlineData("\n\n", "")]
    public async Task ReadAsync_AnyPieces_GivesTheLines(string text, string expected)
    {
        foreach (int piece in (int[])[1, 2, 3, 100])
        {
            LineReader lines = new(new PiecesStream(Encoding.UTF8.GetBytes(text), piece));
            List<string> read = [];
            while (await lines.ReadAsync(default) is { } line)
            {
                read.Add($"{lines.Number}{Encoding.UTF8.GetString(line.Span)}");
            }

            Assert.Equal(expected, string.Join(' ', read));
        }
    }

    [Fact]
    public async Task ReadAsync_LinesOfAnyLength_AreWhole()
    {
        Random random = new(1);
        string[] texts = [.. Enumerable.Range(1, 60).Select(i => new string((char)('a' + (i % 26)), i == 30 ? 1_000_000 : random.Next(1, 50_000)))];
        LineReader lines = new(new PiecesStream(Encoding.UTF8.GetBytes(string.Join('\n', texts)), 7777));
        foreach (string text in texts)
        {
            Assert.Equal(text, Encoding.UTF8.GetString((await lines.ReadAsync(default))!.Value.Span));
        }

        Assert.Null(await lines.ReadAsync(default));
        Assert.Null(await lines.ReadAsync(default));
    }

    /// <summary>Gives no more than so many bytes at once.</summary>
    private sealed class PiecesStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
