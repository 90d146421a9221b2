using LocalRetrieval.Tokenizers.ByteLevel;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"ByteLevel": cuts by GPT-2's regular expression and writes each byte of the UTF-8 text as one printable character.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : PreTokenizer
{
    /// <summary>Reads the component's section.</summary>
    public static ByteLevelPreTokenizer Read(JsonField section)
    {
        ByteLevelSettings settings = ByteLevelSettings.Read(section);
        return new ByteLevelPreTokenizer(settings.AddPrefixSpace, settings.UseRegex);
    }

    public override void PreTokenize(PreTokenizedText text)
    {
        if (addPrefixSpace)
        {
            AddPrefixSpaces(text);
        }

        NormalizedText source = text.Text;
        NormalizedText target = text.StartRewrite();
        ReadOnlySpan<char> chars = source.Chars;
        foreach (TextPiece piece in text.Pieces)
        {
            ReadOnlySpan<char> content = chars[..piece.End];
            for (int start = piece.Start; start < piece.End;)
            {
                int end = useRegex ? Gpt2Pattern.End(content, start) : piece.End;
                int first = target.AppendedLength;
                ByteLevelText.Append(source, start, end, target);
                text.Add(first, target.AppendedLength);
                start = end;
            }
        }

        text.CommitRewrite(target);
    }

    private static void AddPrefixSpaces(PreTokenizedText text)
    {
        NormalizedText source = text.Text;
        NormalizedText target = text.StartRewrite();
        ReadOnlySpan<char> chars = source.Chars;
        foreach (TextPiece piece in text.Pieces)
        {
            int first = target.AppendedLength;
            if (chars[piece.Start] != ' ')
            {
                target.Append(' ', source, piece.Start);
            }

            for (int i = piece.Start; i < piece.End; i++)
            {
                target.Append(chars[i], source, i);
            }

            text.Add(first, target.AppendedLength);
        }

        text.CommitRewrite(target);
    }
}
