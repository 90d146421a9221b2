using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Cuts what is too long for a chunk, and has no better place to cut at, between words, and words that are too long by tokens.</summary>
internal sealed class WordSplitter(string text, ChunkBudget budget, CancellationToken cancellationToken)
{
    /// <summary>The pieces of a range, without white space at their ends but for the indentation of the first.</summary>
    /// <param name="range">What to cut; not empty.</param>
    /// <param name="lead">What each piece has before it in its chunk.</param>
    public List<TextRange> Split(TextRange range, ChunkLead? lead = null)
    {
        List<TextRange> pieces = [];
        while (!range.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextRange piece = LongestStart(range, lead);
            pieces.Add(piece);
            range = new TextRange(piece.End, range.End).Trim(text);
        }

        return pieces;
    }

    private TextRange LongestStart(TextRange range, ChunkLead? lead)
    {
        int maxTokens = budget.RoomFor(lead);
        int shortest = ShortestStart(range, lead);
        while (true)
        {
            int length = Math.Max(shortest, CutLength(range, maxTokens, lead));
            TextRange piece = new(range.Start, range.Start + text.AsSpan(range.Start, length).TrimEnd().Length);
            int excess = budget.Count(lead, piece.Of(text)) - budget.MaxTokens;
            if (excess <= 0 || length == shortest)
            {
                return piece;
            }

            maxTokens = Math.Max(0, maxTokens - excess);
        }
    }

    /// <summary>The first character as its reader sees it, behind its indentation, or only its first code point where all of it does not fit.</summary>
    private int ShortestStart(TextRange range, ChunkLead? lead)
    {
        ReadOnlySpan<char> span = range.Of(text);
        int blank = span.Length - span.TrimStart().Length;
        int element = StringInfo.GetNextTextElementLength(span[blank..]);
        return element <= 2 || budget.Fits(lead, span[..(blank + element)], out _) ? blank + element
            : blank + (CharacterLimit.Cut(span[blank..], 1) == 1 ? 1 : 2);
    }

    /// <summary>Where to cut to hold at most <paramref name="maxTokens"/> tokens: behind a word, or inside one that is too long.</summary>
    private int CutLength(TextRange range, int maxTokens, ChunkLead? lead)
    {
        ReadOnlySpan<char> span = range.Of(text);
        span = span[..CharacterLimit.Cut(span, budget.LengthFor(lead))];
        int cut = budget.IndexOfTokenLimit(span, maxTokens);
        int index = range.Start + cut;
        if (cut == range.Length || cut == 0 || char.IsWhiteSpace(text[index]))
        {
            return cut;
        }

        while (cut > 0 && !char.IsWhiteSpace(span[cut - 1]))
        {
            cut--;
        }

        return !span[..cut].IsWhiteSpace() ? cut : CharacterLimit.Cut(range.Of(text), index - range.Start);
    }
}
