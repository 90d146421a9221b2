using LocalRetrieval.Tokenizers.Decoders;

namespace LocalRetrieval.Tokenizers.Tests.Decoders;

public sealed class ByteLevelDecoderTests
{
    [Theory]
    [InlineData(new[] { "Hello", "Ġmy" }, "Hello my")]
    [InlineData(new[] { "ðŁ", "ĺĢ" }, "😀")]
    [InlineData(new[] { "ðŁ", "a" }, "\uFFFDa")]
    [InlineData(new[] { "Ġ中", "Ġ" }, "Ġ中 ")]
    [InlineData(new string[0], "")]
    public void Decode_Tokens_JoinsTheirBytes(string[] tokens, string text)
    {
        List<string> parts = [.. tokens];

        new ByteLevelDecoder().Decode(parts);

        Assert.Equal(text, string.Concat(parts));
    }
}
