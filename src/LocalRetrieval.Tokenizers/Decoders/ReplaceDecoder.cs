using System.Text;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Replace": writes something else for each match in a token.</summary>
internal sealed class ReplaceDecoder : Decoder
{
    private readonly TextPattern _pattern;
    private readonly string _content;

    private ReplaceDecoder(TextPattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    /// <summary>Reads the component's section.</summary>
    public static ReplaceDecoder Read(JsonField section) => new(PatternReader.Read(section["pattern"]), section["content"].String());

    public override void Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = Replace(tokens[i]);
        }
    }

    private string Replace(string token)
    {
        StringBuilder replaced = new(token.Length);
        int done = 0;
        foreach (TextPiece match in _pattern.Matches(token))
        {
            _ = replaced.Append(token, done, match.Start - done).Append(_content);
            done = match.End;
        }

        return replaced.Append(token, done, token.Length - done).ToString();
    }
}
