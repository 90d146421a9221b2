using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"BPEDecoder": writes the suffix that ends a word as a space, and drops it from the last token.</summary>
internal sealed class BpeDecoder : Decoder
{
    private readonly string _suffix;

    private BpeDecoder(string suffix) => _suffix = suffix;

    /// <summary>Reads the component's section.</summary>
    public static BpeDecoder Read(JsonField section) => new(section["suffix"].String());

    public override void Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = Replace(tokens[i], i == tokens.Count - 1 ? "" : " ");
        }
    }

    /// <summary>As in the reference, an empty suffix is found before each character and at the end.</summary>
    private string Replace(string token, string replacement) => _suffix.Length > 0
        ? token.Replace(_suffix, replacement, StringComparison.Ordinal)
        : replacement + string.Concat(token.EnumerateRunes().Select(rune => rune + replacement));
}
