namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>Cuts at each character of a kind.</summary>
internal abstract class CharacterSplitPreTokenizer(SplitDelimiterBehavior behavior) : PreTokenizer
{
    public override void PreTokenize(PreTokenizedText text)
    {
        PieceSplitter splitter = new(text, behavior);
        foreach (TextPiece piece in text.Pieces)
        {
            int start = piece.Start;
            for (int i = piece.Start; i < piece.End;)
            {
                int first = i;
                i = text.Text.NextCodePoint(i, out int codePoint);
                if (IsDelimiter(codePoint))
                {
                    splitter.AddBetween(start, first, isDelimiter: false);
                    splitter.Add(first, i, isDelimiter: true);
                    start = i;
                }
            }

            splitter.AddBetween(start, piece.End, isDelimiter: false);
            splitter.Finish();
        }

        text.Commit();
    }

    /// <summary>Whether a text is cut at the character.</summary>
    protected abstract bool IsDelimiter(int codePoint);
}
