using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>
/// "UnicodeScripts": cuts where the script changes. A character of any script belongs to what lies before it; as in the reference,
/// those that a piece begins with are dropped.
/// </summary>
internal sealed class UnicodeScriptsPreTokenizer : PreTokenizer
{
    public override void PreTokenize(PreTokenizedText text)
    {
        foreach (TextPiece piece in text.Pieces)
        {
            int start = piece.End;
            byte current = Scripts.Any;
            for (int i = piece.Start; i < piece.End;)
            {
                int first = i;
                i = text.Text.NextCodePoint(i, out int codePoint);
                byte script = Scripts.Of(codePoint);
                if (script == Scripts.Any || script == current)
                {
                    continue;
                }

                text.Add(start, first);
                start = first;
                current = script;
            }

            text.Add(start, piece.End);
        }

        text.Commit();
    }
}
