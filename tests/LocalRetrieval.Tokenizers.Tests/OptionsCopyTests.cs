using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.Tests;

public sealed class OptionsCopyTests
{
    [Fact]
    public void Copy_EveryProperty_IsCopied()
    {
        Assert.Empty(OptionsCopy.Faults(
            new EncodeOptions { AddSpecialTokens = false, Truncation = TruncationOptions.None, Padding = PaddingOptions.None, OffsetUnit = OffsetUnit.CodePoints },
            options => options.Clone()));
        Assert.Empty(OptionsCopy.Faults(
            new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace, Truncation = TruncationOptions.None, Padding = PaddingOptions.None },
            options => new TokenizerOptions(options)));
    }
}
