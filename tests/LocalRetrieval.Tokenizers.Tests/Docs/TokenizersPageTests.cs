using System.Text.RegularExpressions;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.Tests.Docs;

/// <summary>The code of docs/tokenizers.md compiles, and runs here.</summary>
public sealed partial class TokenizersPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "tokenizers.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("encode")]
    [InlineData("spans")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tokenizers.Tests", "Docs", "TokenizersPageTests.cs"));
        string snippet = source.ReplaceLineEndings("\n").Split($"// snippet: {name}\n")[1].Split("        // end")[0];

        Assert.Contains(snippet.Replace("\n        ", "\n", StringComparison.Ordinal).Trim(), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(2, CodeBlock().Count(Page));

    [Fact]
    public void Encode_Snippet_Runs()
    {
        string folder = TestData.Folder;

        // snippet: encode
        Tokenizer tokenizer = Tokenizer.Load(folder);                          // a folder, a tokenizer.json, or a stream of one
        TokenEncoding encoding = tokenizer.Encode("What is a vector?", "A list of numbers.");
        Console.WriteLine(string.Join(' ', encoding.Tokens));                  // special tokens included
        Console.WriteLine(encoding.Offsets[1]);                                // where in its text a token is, in UTF-16 units
        Console.WriteLine(tokenizer.Decode(encoding.Ids));

        IReadOnlyList<TokenEncoding> batch = tokenizer.EncodeBatch(
            ["one", "two words"],
            new EncodeOptions
            {
                Truncation = new TruncationOptions { MaxLength = 128, Stride = 16 },
                Padding = new PaddingOptions(),                                // as long as the longest
                OffsetUnit = OffsetUnit.CodePoints,
            });
        // end

        Assert.Equal("What is a vector? A list of numbers.", tokenizer.Decode(encoding.Ids));
        Assert.Equal(new TokenOffset(0, 4), encoding.Offsets[1]);
        Assert.Equal(batch[0].Ids.Count, batch[1].Ids.Count);
        Assert.Contains(0, batch[0].AttentionMask);
    }

    [Fact]
    public void Spans_Snippet_Runs()
    {
        Tokenizer tokenizer = TestData.Tokenizer;
        string text = "A text that is longer than a few tokens, to be cut.";

        // snippet: spans
        int count = tokenizer.CountTokens(text);                               // of the content, without special tokens
        int[] ids = new int[count];
        tokenizer.EncodeToIds(text, ids);                                      // allocates nothing
        int end = tokenizer.IndexOfTokenLimit(text, 8, out int kept);          // text[..end] is 8 tokens, or fewer
        int start = tokenizer.IndexOfTokenLimitFromEnd(text, 8, out int last); // text[start..] likewise
        // end

        Assert.Equal(tokenizer.EncodeToIds(text), ids);
        Assert.Equal(kept, tokenizer.CountTokens(text.AsSpan(0, end)));
        Assert.Equal(last, tokenizer.CountTokens(text.AsSpan(start)));
        Assert.InRange(kept, 1, 8);
        Assert.InRange(last, 1, 8);
    }

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
