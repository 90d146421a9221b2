namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Compares a tokenizer with the reference, case by case.</summary>
internal static class GoldenCheck
{
    /// <summary>Checks every case of a tokenizer.</summary>
    /// <returns>How many cases were checked.</returns>
    public static int CheckAll(string tokenizerName) => CheckAll(TestData.Load(tokenizerName), Cases(tokenizerName));

    /// <summary>Checks every case of a tokenizer, whatever it was read from.</summary>
    /// <returns>How many cases were checked.</returns>
    public static int CheckAll(string tokenizerName, Tokenizer tokenizer) => CheckAll(tokenizer, Cases(tokenizerName));

    public static IReadOnlyList<GoldenCase> Cases(string tokenizerName) => GoldenCase.Read(TestData.Path(tokenizerName, "goldens.jsonl.gz"));

    /// <summary>Checks the cases of a tokenizer that is loaded.</summary>
    /// <returns>How many cases were checked.</returns>
    public static int CheckAll(Tokenizer tokenizer, IReadOnlyList<GoldenCase> cases)
    {
        List<string> failures = [];
        foreach (GoldenCase golden in cases)
        {
            try
            {
                Check(tokenizer, golden);
            }
            catch (Xunit.Sdk.XunitException exception)
            {
                failures.Add($"{golden.Text} | {golden.Pair} | {golden.Truncation} {golden.MaxLength}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {cases.Count} differ:\n{string.Join("\n\n", failures.Take(10))}");
        return cases.Count;
    }

    private static void Check(Tokenizer tokenizer, GoldenCase golden)
    {
        if (golden.Error is not null)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() => Encode(tokenizer, golden));
            Assert.Contains("raise MaxLength", exception.Message, StringComparison.OrdinalIgnoreCase);
            return;
        }

        TokenEncoding actual = Encode(tokenizer, golden);
        AssertSame(golden, actual, golden);
        Assert.Equal(golden.Overflow.Length, actual.Overflow.Count);
        for (int i = 0; i < golden.Overflow.Length; i++)
        {
            AssertSame(golden.Overflow[i], actual.Overflow[i], golden);
        }

        if (golden.Decoded is not null)
        {
            Assert.Equal(golden.Decoded, tokenizer.Decode(actual.Ids, skipSpecialTokens: false));
            Assert.Equal(golden.DecodedSkip, tokenizer.Decode(actual.Ids));
        }

        if (golden is { Pair: null, AddSpecialTokens: false, MaxLength: null })
        {
            Assert.Equal(golden.Ids, tokenizer.EncodeToIds(golden.Text));
            Assert.Equal(golden.Ids.Length, tokenizer.CountTokens(golden.Text));
        }
    }

    private static TokenEncoding Encode(Tokenizer tokenizer, GoldenCase golden) =>
        tokenizer.Encode(golden.Text, golden.Pair, golden.ToOptions());

    private static void AssertSame(GoldenEncoding expected, TokenEncoding actual, GoldenCase golden)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.TypeIds, actual.TypeIds);
        Assert.Equal(expected.Special, actual.SpecialTokensMask);
        int[] text = Utf16Offsets(golden.Text);
        int[] pair = Utf16Offsets(golden.Pair ?? "");
        for (int i = 0; i < actual.Count; i++)
        {
            int[] source = actual.SequenceIds[i] == 1 ? pair : text;
            TokenOffset offset = new(source[expected.Offsets[i][0]], source[expected.Offsets[i][1]]);
            Assert.Equal(offset, actual.Offsets[i]);
        }
    }

    /// <summary>The UTF-16 offset of each code point, and of the end.</summary>
    private static int[] Utf16Offsets(string text) =>
        [.. Enumerable.Range(0, text.Length).Where(i => !char.IsLowSurrogate(text[i])), text.Length];
}
