using System.Text;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Metaspace": writes spaces as another character, puts one before the text, and cuts before each.</summary>
internal sealed class MetaspacePreTokenizer : PreTokenizer
{
    private readonly string _replacement;
    private readonly PrependScheme _scheme;
    private readonly bool _splits;

    private MetaspacePreTokenizer(Rune replacement, PrependScheme scheme, bool splits)
    {
        _replacement = replacement.ToString();
        _scheme = scheme;
        _splits = splits;
    }

    public override bool RewritesText => true;

    public override bool NeedsOrigins => _scheme == PrependScheme.First;

    /// <summary>Reads the component's section.</summary>
    public static MetaspacePreTokenizer Read(JsonField section) => new(
        section["replacement"].Character(), PrependSchemeReader.Read(section), section.Optional("split")?.Boolean() ?? true);

    public override void PreTokenize(PreTokenizedText text)
    {
        NormalizedText normalized = text.Text;
        normalized.Reserve(normalized.Length + text.Pieces.Length);
        foreach (TextPiece piece in text.Pieces)
        {
            Rewrite(piece, text);
        }

        text.Commit();
        normalized.Commit();
    }

    private void Rewrite(TextPiece piece, PreTokenizedText text)
    {
        NormalizedText normalized = text.Text;
        ReadOnlySpan<char> chars = normalized.Chars[..piece.End];
        int start = normalized.AppendedLength;
        if (SpaceLength(chars[piece.Start..]) == 0
            && (_scheme == PrependScheme.Always || (_scheme == PrependScheme.First && normalized.OriginStart(piece.Start) == 0)))
        {
            AppendReplacement(normalized, piece.Start);
        }

        for (int i = piece.Start; i < piece.End;)
        {
            int space = SpaceLength(chars[i..]);
            if (space == 0)
            {
                normalized.Append(chars[i], i);
                i++;
                continue;
            }

            if (_splits)
            {
                text.Add(start, normalized.AppendedLength);
                start = normalized.AppendedLength;
            }

            AppendReplacement(normalized, i);
            i += space;
        }

        text.Add(start, normalized.AppendedLength);
    }

    /// <summary>The length of the space or replacement that a text begins with, 0 where there is none.</summary>
    private int SpaceLength(ReadOnlySpan<char> text) =>
        text[0] == ' ' ? 1 : text[0] == _replacement[0] && text.StartsWith(_replacement, StringComparison.Ordinal) ? _replacement.Length : 0;

    private void AppendReplacement(NormalizedText normalized, int source)
    {
        foreach (char unit in _replacement)
        {
            normalized.Append(unit, source);
        }
    }
}
