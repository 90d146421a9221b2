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

    public override bool NeedsOrigins => _scheme == PrependScheme.First;

    /// <summary>Reads the component's section.</summary>
    public static MetaspacePreTokenizer Read(JsonField section) => new(
        section["replacement"].Character(), PrependSchemeReader.Read(section), section.Optional("split")?.Boolean() ?? true);

    public override void PreTokenize(PreTokenizedText text)
    {
        NormalizedText source = text.Text;
        NormalizedText target = text.StartRewrite();
        target.Reserve(source.Length + text.Pieces.Length);
        foreach (TextPiece piece in text.Pieces)
        {
            Rewrite(piece, text, source, target);
        }

        text.CommitRewrite(target);
    }

    private void Rewrite(TextPiece piece, PreTokenizedText text, NormalizedText source, NormalizedText target)
    {
        ReadOnlySpan<char> chars = source.Chars[..piece.End];
        int start = target.AppendedLength;
        if (SpaceLength(chars[piece.Start..]) == 0
            && (_scheme == PrependScheme.Always || (_scheme == PrependScheme.First && source.OriginStart(piece.Start) == 0)))
        {
            AppendReplacement(source, piece.Start, target);
        }

        for (int i = piece.Start; i < piece.End;)
        {
            int space = SpaceLength(chars[i..]);
            if (space == 0)
            {
                target.Append(chars[i], source, i);
                i++;
                continue;
            }

            if (_splits)
            {
                text.Add(start, target.AppendedLength);
                start = target.AppendedLength;
            }

            AppendReplacement(source, i, target);
            i += space;
        }

        text.Add(start, target.AppendedLength);
    }

    /// <summary>The length of the space or replacement that a text begins with, 0 where there is none.</summary>
    private int SpaceLength(ReadOnlySpan<char> text) =>
        text[0] == ' ' ? 1 : text[0] == _replacement[0] && text.StartsWith(_replacement, StringComparison.Ordinal) ? _replacement.Length : 0;

    private void AppendReplacement(NormalizedText source, int index, NormalizedText target)
    {
        foreach (char unit in _replacement)
        {
            target.Append(unit, source, index);
        }
    }
}
