using System.Text.Json;
using LocalRetrieval.Tokenizers.Decoders;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Tests.Decoders;

public sealed class BpeDecoderTests
{
    [Theory]
    [InlineData("</w>", new[] { "hel", "lo</w>", "a</w>b", "c</w>" }, "hello a bc")]
    [InlineData("</w>", new string[0], "")]
    [InlineData("", new[] { "a😀", "", "b" }, " a 😀  b")]
    public void Decode_Tokens_SuffixIsASpaceAndNothingInTheLast(string suffix, string[] tokens, string expected)
    {
        using JsonDocument section = JsonDocument.Parse(JsonSerializer.Serialize(new { suffix }));
        List<string> decoded = [.. tokens];

        BpeDecoder.Read(new JsonField("tokenizer.json", "$.decoder", section.RootElement)).Decode(decoded);

        Assert.Equal(expected, string.Concat(decoded));
    }
}
