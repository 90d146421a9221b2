using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Whitespace": the matches of \w+|[^\w\s]+; white space is dropped.</summary>
internal sealed class WhitespacePreTokenizer : PreTokenizer
{
    public override void PreTokenize(PreTokenizedText text)
    {
        foreach (TextPiece piece in text.Pieces)
        {
            int start = piece.Start;
            bool isWord = false;
            for (int i = piece.Start; i < piece.End;)
            {
                int first = i;
                i = text.Text.NextCodePoint(i, out int codePoint);
                if (UnicodeCharacters.IsWhiteSpace(codePoint))
                {
                    text.Add(start, first);
                    start = i;
                }
                else if (UnicodeCharacters.IsWord(codePoint) != isWord)
                {
                    text.Add(start, first);
                    start = first;
                    isWord = !isWord;
                }
            }

            text.Add(start, piece.End);
        }

        text.Commit();
    }
}
