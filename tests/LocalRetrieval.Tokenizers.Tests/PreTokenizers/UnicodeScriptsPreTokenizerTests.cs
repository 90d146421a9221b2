using System.Text.Json;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Tests.PreTokenizers;

public sealed class UnicodeScriptsPreTokenizerTests
{
    [Theory]
    [InlineData("どこで生れ", "どこで生れ")]
    [InlineData("カール大帝", "カール大帝")]
    [InlineData("Apples are りんご 林檎", "Apples are |りんご 林檎")]
    [InlineData("  a b", "a b")]
    [InlineData("   ", "")]
    [InlineData("\U0010FFFFaб", "a|б")]
    [InlineData("a1б", "a|1|б")]
    public void PreTokenize_Text_IsCutWhereTheScriptChanges(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Cut(text).Select(piece => text[piece.Start..piece.End])));

    [Fact]
    public void PreTokenize_TextOfAllScripts_EqualsReference()
    {
        using Stream file = TestData.OpenGZipped(TestData.Path("scripts", "goldens.json.gz"));
        using JsonDocument golden = JsonDocument.Parse(file);
        string text = golden.RootElement.GetProperty("text").GetString()!;
        int[] starts = [.. Enumerable.Range(0, text.Length).Where(i => !char.IsLowSurrogate(text[i])), text.Length];
        IEnumerable<TextPiece> expected = golden.RootElement.GetProperty("pieces").EnumerateArray()
            .Select(piece => new TextPiece(starts[piece[0].GetInt32()], starts[piece[1].GetInt32()]));

        Assert.Equal(expected, Cut(text));
    }

    private static TextPiece[] Cut(string text)
    {
        NormalizedText normalized = new();
        normalized.Reset(text, 0, tracksOrigins: false);
        PreTokenizedText pieces = new(normalized);
        pieces.Reset(new TextPiece(0, text.Length));
        new UnicodeScriptsPreTokenizer().PreTokenize(pieces);
        return pieces.Pieces.ToArray();
    }
}
