using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"WordPiece": joins continuing pieces, sets the others apart by a space, and tidies English punctuation.</summary>
internal sealed class WordPieceDecoder : Decoder
{
    private static readonly (string Found, string Replacement)[] Cleanups =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private readonly string _prefix;
    private readonly bool _cleanup;

    private WordPieceDecoder(string prefix, bool cleanup)
    {
        _prefix = prefix;
        _cleanup = cleanup;
    }

    /// <summary>Reads the component's section.</summary>
    public static WordPieceDecoder Read(JsonField section) => new(section["prefix"].String(), section["cleanup"].Boolean());

    public override void Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            string token = tokens[i];
            if (i > 0)
            {
                token = token.StartsWith(_prefix, StringComparison.Ordinal) ? token[_prefix.Length..] : " " + token;
            }

            tokens[i] = _cleanup ? Clean(token) : token;
        }
    }

    private static string Clean(string token)
    {
        foreach ((string found, string replacement) in Cleanups)
        {
            token = token.Replace(found, replacement, StringComparison.Ordinal);
        }

        return token;
    }
}
