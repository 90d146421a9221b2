using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Patterns;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Tests.PreTokenizers;

public sealed class SplitPreTokenizerTests
{
    [Theory]
    [InlineData("Removed", "the|final|countdown")]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", "the|-final|-|-countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void PreTokenize_String_IsCutAsTheBehaviorAsks(string behavior, string pieces) =>
        Assert.Equal(pieces, Split("the-final--countdown", new LiteralPattern("-"), behavior, invert: false));

    [Theory]
    [InlineData("Removed", "-|-|-")]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the|-final|-|-countdown")]
    [InlineData("MergedWithNext", "the-|final-|-|countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void PreTokenize_Inverted_IsCutAtWhatDoesNotMatch(string behavior, string pieces) =>
        Assert.Equal(pieces, Split("the-final--countdown", new LiteralPattern("-"), behavior, invert: true));

    [Fact]
    public void PreTokenize_Regex_IsCutAtItsMatches() =>
        Assert.Equal("It| is|  | |12|34|.\n", Split("It is   1234.\n", new Gpt4Pattern(2), "Isolated", invert: false));

    [Fact]
    public void PreTokenize_PieceOfAText_IsAllThatThePatternSees()
    {
        NormalizedText normalized = new();
        normalized.Reset("abab", 0, tracksOrigins: false);
        PreTokenizedText pieces = new(normalized);
        pieces.Reset(new TextPiece(1, 3));
        JsonField lookbehind = new("file", "$", JsonSerializer.SerializeToElement("(?<=a)b|a(?!b)"));

        new SplitPreTokenizer(RegexPattern.Read(lookbehind), SplitDelimiterBehavior.Removed, invert: true).PreTokenize(pieces);

        Assert.Equal([new TextPiece(2, 3)], pieces.Pieces.ToArray());
    }

    [Theory]
    [InlineData("""{ "Regex": "(a)\\1" }""", "$.pre_tokenizer.pattern.Regex is a regular expression with a backreference")]
    [InlineData("{}", "$.pre_tokenizer.pattern.Regex is missing")]
    public void Load_PatternThatCannotBeMatched_Throws(string pattern, string found)
    {
        TinyTokenizer tiny = new TinyTokenizer().Set(
            "pre_tokenizer", $$"""{ "type": "Split", "pattern": {{pattern}}, "behavior": "Isolated", "invert": false }""");

        Assert.Contains(found, Assert.Throws<InvalidDataException>(() => tiny.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownBehavior_Throws()
    {
        TinyTokenizer tiny = new TinyTokenizer().Set(
            "pre_tokenizer", """{ "type": "Split", "pattern": { "String": "-" }, "behavior": "Doubled", "invert": false }""");

        string message = Assert.Throws<InvalidDataException>(() => tiny.Load()).Message;

        Assert.Contains("$.pre_tokenizer.behavior is 'Doubled'", message, StringComparison.Ordinal);
    }

    private static string Split(string text, TextPattern pattern, string behavior, bool invert)
    {
        NormalizedText normalized = new();
        normalized.Reset(text, 0, tracksOrigins: false);
        PreTokenizedText pieces = new(normalized);
        pieces.Reset(new TextPiece(0, text.Length));
        new SplitPreTokenizer(pattern, Enum.Parse<SplitDelimiterBehavior>(behavior), invert).PreTokenize(pieces);
        return string.Join('|', pieces.Pieces.ToArray().Select(piece => text[piece.Start..piece.End]));
    }
}
