namespace LocalRetrieval.Tokenizers.Tests.PreTokenizers;

public sealed class BertPreTokenizerTests
{
    [Theory]
    [InlineData("a b\u00A0c\u2028d", "0-1 2-3 4-5 6-7")]
    [InlineData("  ", "")]
    [InlineData("a,b..", "0-1 1-2 2-3 3-4 4-5")]
    [InlineData("$+<=>^`|~", "0-1 1-2 2-3 3-4 4-5 5-6 6-7 7-8 8-9")]
    [InlineData("a—b«c»", "0-1 1-2 2-3 3-4 4-5 5-6")]
    [InlineData("€¢°", "0-3")]
    [InlineData("a\U00010100b", "0-1 1-3 3-4")]
    [InlineData("a\u166Db", "0-1 1-2 2-3")]
    [InlineData("a\u2E43b", "0-3")]
    public void Encode_Text_IsCutAtSpaceAndPunctuation(string text, string pieces)
    {
        // The model knows nothing, so each piece is one unknown token.
        Tokenizer tokenizer = new TinyTokenizer().Set("normalizer", null).Set("model.vocab", """{ "[UNK]": 0 }""").Load();

        IEnumerable<string> offsets = tokenizer.Encode(text, options: new EncodeOptions { AddSpecialTokens = false })
            .Offsets.Select(offset => $"{offset.Start}-{offset.End}");

        Assert.Equal(pieces, string.Join(' ', offsets));
    }
}
