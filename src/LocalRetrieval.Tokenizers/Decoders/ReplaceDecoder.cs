using System.Text;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Replace": writes something else for each match in a token.</summary>
internal sealed class ReplaceDecoder : Decoder
{
    private readonly ReplacePattern _pattern;
    private readonly string _content;

    private ReplaceDecoder(ReplacePattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    /// <summary>Reads the component's section.</summary>
    public static ReplaceDecoder Read(JsonField section) => new(ReplacePattern.Read(section["pattern"]), section["content"].String());

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
        for (int at = _pattern.Find(token, out int length); at >= 0; at = _pattern.Find(token.AsSpan(done), out length))
        {
            _ = replaced.Append(token, done, at).Append(_content);
            done += at + length;
        }

        return replaced.Append(token, done, token.Length - done).ToString();
    }
}
