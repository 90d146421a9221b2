using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Strip": removes a character at the ends of each token, so often at most.</summary>
internal sealed class StripDecoder : Decoder
{
    private readonly string _content;
    private readonly int _start;
    private readonly int _stop;

    private StripDecoder(Rune content, int start, int stop)
    {
        _content = content.ToString();
        _start = start;
        _stop = stop;
    }

    /// <summary>Reads the component's section.</summary>
    public static StripDecoder Read(JsonField section) =>
        new(section["content"].Character(), section["start"].Count(), section["stop"].Count());

    public override void Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = Strip(tokens[i]).ToString();
        }
    }

    private ReadOnlySpan<char> Strip(ReadOnlySpan<char> token)
    {
        for (int i = 0; i < _start && token.StartsWith(_content, StringComparison.Ordinal); i++)
        {
            token = token[_content.Length..];
        }

        for (int i = 0; i < _stop && token.EndsWith(_content, StringComparison.Ordinal); i++)
        {
            token = token[..^_content.Length];
        }

        return token;
    }
}
