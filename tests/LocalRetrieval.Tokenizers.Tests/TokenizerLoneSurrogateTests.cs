using System.Reflection;

namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerLoneSurrogateTests
{
    private const string Lone = "hello \uD83D world";

    /// <summary>Every parameter that is text, and a call that gives it a lone surrogate.</summary>
    private static readonly (string Signature, Action<Tokenizer> Call)[] Calls =
    [
        ("Encode: System.String text", tokenizer => tokenizer.Encode(Lone)),
        ("Encode: System.String pair", tokenizer => tokenizer.Encode("hello", Lone)),
        (
            "EncodeBatch: System.Collections.Generic.IReadOnlyList`1[System.String] texts",
            tokenizer => tokenizer.EncodeBatch(["hello", Lone])),
        (
            "EncodeBatch: System.Collections.Generic.IReadOnlyList`1[LocalRetrieval.Tokenizers.TextPair] pairs",
            tokenizer => tokenizer.EncodeBatch([new TextPair("hello", Lone)])),
        ("EncodeToIds: System.ReadOnlySpan`1[System.Char] text", tokenizer => tokenizer.EncodeToIds(Lone)),
        ("EncodeToIds: System.ReadOnlySpan`1[System.Char] text", tokenizer => tokenizer.EncodeToIds(Lone, new int[9])),
        ("CountTokens: System.ReadOnlySpan`1[System.Char] text", tokenizer => tokenizer.CountTokens(Lone)),
        ("IndexOfTokenLimit: System.ReadOnlySpan`1[System.Char] text", tokenizer => tokenizer.IndexOfTokenLimit(Lone, 1, out _)),
        (
            "IndexOfTokenLimitFromEnd: System.ReadOnlySpan`1[System.Char] text",
            tokenizer => tokenizer.IndexOfTokenLimitFromEnd(Lone, 1, out _)),
    ];

    [Fact]
    public void IndexOfLoneSurrogate_Text_IsTheFirst()
    {
        // Not a theory: attributes are stored as UTF-8, which has no lone surrogates.
        Assert.Equal(2, Tokenizer.IndexOfLoneSurrogate("ab\uD800"));
        Assert.Equal(0, Tokenizer.IndexOfLoneSurrogate("\uDC00"));
        Assert.Equal(2, Tokenizer.IndexOfLoneSurrogate("😀\uDE00"));
        Assert.Equal(0, Tokenizer.IndexOfLoneSurrogate("\uD83D\uD83D\uDE00"));
        Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate("a😀b"));
        Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate(""));
    }

    [Fact]
    public void EveryOverload_LoneSurrogate_ThrowsWithItsPlace()
    {
        foreach ((string signature, Action<Tokenizer> call) in Calls)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() => call(new TinyTokenizer().Load()));
            Assert.True(exception.Message.Contains("U+D83D, at char 6.", StringComparison.Ordinal), $"{signature}: {exception.Message}");
        }
    }

    /// <summary>A new overload that reads text is missed by the test above until it is listed.</summary>
    [Fact]
    public void Calls_PublicMethods_AreAllThatReadText()
    {
        IEnumerable<string> signatures = typeof(Tokenizer)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .SelectMany(method => method.GetParameters(), (method, parameter) => $"{method.Name}: {parameter}")
            .Where(parameter => parameter.Contains("Char]", StringComparison.Ordinal) || parameter.Contains("String", StringComparison.Ordinal)
                || parameter.Contains(nameof(TextPair), StringComparison.Ordinal));

        Assert.Equal(Calls.Select(call => call.Signature).Append("TokenToId: System.String token").Order(), signatures.Order());
    }

    [Fact]
    public void EveryOverload_LoneSurrogateReplaced_ReadsReplacementCharacter()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("normalizer", null)
            .Load(new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace });
        const string Text = "hello \uD83D\uDE00\uD83D world\uDE00";
        const string Replaced = "hello \uD83D\uDE00\uFFFD world\uFFFD";

        Assert.Equal(tokenizer.EncodeToIds(Replaced), tokenizer.EncodeToIds(Text));
        Assert.Equal(tokenizer.Encode(Replaced).Offsets, tokenizer.Encode(Text).Offsets);
        Assert.Equal(3, tokenizer.CountTokens(Text));
        Assert.Equal(10, tokenizer.IndexOfTokenLimit(Text, 2, out _));
        Assert.Equal(9, tokenizer.IndexOfTokenLimitFromEnd(Text, 1, out _));
        Assert.Equal(tokenizer.Encode(Replaced).Ids, tokenizer.EncodeBatch([Text])[0].Ids);
    }

    [Fact]
    public void EncodeToIds_ManyLoneSurrogatesReplaced_EqualsOneRuneAfterTheOther()
    {
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("normalizer", null)
            .Set("pre_tokenizer", null)
            .Set("model.max_input_chars_per_word", "100000")
            .Set("model.vocab", """{ "[UNK]": 0, "\ufffd": 1, "\ud83d\ude00": 2, "a": 3 }""")
            .Set("model.continuing_subword_prefix", "\"\"")
            .Load(new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace });
        Random random = new(9);
        for (int length = 0; length < 20000; length = (length * 2) + 1)
        {
            string text = new(random.GetItems<char>(['\uD83D', '\uDE00', '\uDE00', 'a'], length));
            IEnumerable<int> expected = text.EnumerateRunes().Select(rune => rune.Value switch { 'a' => 3, 0xFFFD => 1, _ => 2 });

            Assert.Equal(expected, tokenizer.EncodeToIds(text));
        }
    }
}
