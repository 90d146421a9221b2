using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Cuts what is too long for a chunk, and has no better place to cut at, between words, and words that are too long by tokens.</summary>
internal sealed class WordSplitter(string text, ChunkBudget budget, CancellationToken cancellationToken)
{
    /// <summary>The pieces of a range, without white space at their ends but for the indentation of the first.</summary>
    /// <param name="range">What to cut; not empty.</param>
    /// <param name="lead">What each piece has before it in its chunk.</param>
    /// <param name="firstLead">What the first has before it, where that is something else.</param>
    public List<TextRange> Split(TextRange range, ChunkLead? lead = null, ChunkLead? firstLead = null)
    {
        List<TextRange> pieces = [];
        int contentStart = Fences.ContentStart(text, range);
        int contentEnd = Fences.ContentEnd(text, range);
        while (!range.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextRange piece = LongestStart(range, contentStart, pieces.Count == 0 ? firstLead ?? lead : lead);
            if (piece.End >= contentEnd && piece.End < range.End)
            {
                piece = FirstHalf(piece, contentStart);
            }

            pieces.Add(piece);
            range = new TextRange(piece.End, range.End).Trim(text);
        }

        return pieces;
    }

    /// <summary>The first half of a piece behind which only the closing line is left, so that this does not stand by itself.</summary>
    private TextRange FirstHalf(TextRange piece, int contentStart)
    {
        ReadOnlySpan<char> span = piece.Of(text);
        int kept = Math.Max(0, contentStart - piece.Start);
        int half = CharacterLimit.Cut(span, kept + ((span.Length - kept) / 2));
        int word = span[..half].LastIndexOfAny(' ', '\n');
        half = word > kept + ((half - kept) / 2) ? word : half;
        return half <= kept || span[kept..half].IsWhiteSpace() ? piece : new TextRange(piece.Start, piece.Start + span[..half].TrimEnd().Length);
    }

    private TextRange LongestStart(TextRange range, int contentStart, ChunkLead? lead)
    {
        int maxTokens = budget.RoomFor(lead);
        int shortest = ShortestStart(range, contentStart, lead);
        while (true)
        {
            int length = Math.Max(shortest, CutLength(range, maxTokens, lead, shortest));
            TextRange piece = new(range.Start, range.Start + text.AsSpan(range.Start, length).TrimEnd().Length);
            int excess = budget.Count(lead, piece.Of(text)) - budget.MaxTokens;
            if (excess <= 0 || length == shortest)
            {
                return piece;
            }

            maxTokens = Math.Max(0, maxTokens - excess);
        }
    }

    /// <summary>The first character as its reader sees it, behind its indentation and the line that opens it, or only its first code point where all of it does not fit.</summary>
    private int ShortestStart(TextRange range, int contentStart, ChunkLead? lead)
    {
        ReadOnlySpan<char> span = range.Of(text);
        int opened = contentStart - range.Start;
        if (opened > 0 && opened < span.Length)
        {
            int length = opened + StringInfo.GetNextTextElementLength(span[opened..]);
            if (budget.Fits(lead, span[..length], out _))
            {
                return length;
            }
        }

        int blank = span.Length - span.TrimStart().Length;
        int element = StringInfo.GetNextTextElementLength(span[blank..]);
        return element <= 2 || budget.Fits(lead, span[..(blank + element)], out _) ? blank + element
            : blank + (CharacterLimit.Cut(span[blank..], 1) == 1 ? 1 : 2);
    }

    /// <summary>Where to cut to hold at most <paramref name="maxTokens"/> tokens: behind a line in its second half, behind a word, or inside one that is too long.</summary>
    private int CutLength(TextRange range, int maxTokens, ChunkLead? lead, int shortest)
    {
        ReadOnlySpan<char> span = range.Of(text);
        span = span[..CharacterLimit.Cut(span, budget.LengthFor(lead))];
        int cut = budget.IndexOfTokenLimit(span, maxTokens);
        int index = range.Start + cut;
        if (cut == range.Length || cut == 0)
        {
            return cut;
        }

        while (cut > 0 && !char.IsWhiteSpace(text[range.Start + cut]) && !char.IsWhiteSpace(span[cut - 1]))
        {
            cut--;
        }

        int line = span[..cut].LastIndexOfAny('\r', '\n');
        return line >= shortest && line > cut / 2 ? line
            : cut >= shortest ? cut
            : CharacterLimit.Cut(range.Of(text), index - range.Start);
    }
}
