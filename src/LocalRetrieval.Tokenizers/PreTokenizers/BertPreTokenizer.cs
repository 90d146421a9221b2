using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"BertPreTokenizer": cuts at white space, which it drops, and sets each punctuation character apart.</summary>
internal sealed class BertPreTokenizer : PreTokenizer
{
    public override void PreTokenize(PreTokenizedText text)
    {
        ReadOnlySpan<char> chars = text.Text.Chars;
        foreach (TextPiece piece in text.Pieces)
        {
            int start = piece.Start;
            for (int i = piece.Start; i < piece.End; i++)
            {
                int first = i;
                int codePoint = chars[i];
                if (char.IsHighSurrogate(chars[i]) && i + 1 < piece.End && char.IsLowSurrogate(chars[i + 1]))
                {
                    codePoint = char.ConvertToUtf32(chars[i], chars[++i]);
                }

                CharacterKinds kinds = UnicodeCharacters.Kinds(codePoint);
                if ((kinds & (CharacterKinds.WhiteSpace | CharacterKinds.Punctuation)) == 0)
                {
                    continue;
                }

                text.Add(start, first);
                start = i + 1;
                if ((kinds & CharacterKinds.Punctuation) != 0)
                {
                    text.Add(first, start);
                }
            }

            text.Add(start, piece.End);
        }

        text.Commit();
    }
}
