using System.Text;

namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Extended grapheme clusters of Unicode 17.0 (UAX #29).</summary>
internal static class GraphemeClusters
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    private static readonly CodePointTable<GraphemeBreak> Breaks = BuildBreaks();

    /// <summary>The length in UTF-16 units of the cluster that a text, not empty, begins with.</summary>
    public static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out Rune rune, out int length);
        Cluster cluster = new(Breaks[rune.Value]);
        while (length < text.Length)
        {
            _ = Rune.DecodeFromUtf16(text[length..], out rune, out int units);
            if (!cluster.Takes(Breaks[rune.Value]))
            {
                break;
            }

            length += units;
        }

        return length;
    }

    /// <summary>Whether a character is a cluster of its own, unless one comes after it that <see cref="Joins"/>.</summary>
    public static bool StandsAlone(int codePoint) => Breaks[codePoint] is GraphemeBreak.Any or GraphemeBreak.Consonant
        or GraphemeBreak.Pictographic or GraphemeBreak.LV or GraphemeBreak.LVT or GraphemeBreak.LF or GraphemeBreak.Control;

    /// <summary>Whether a character may belong to the cluster of one before it that <see cref="StandsAlone"/>.</summary>
    public static bool Joins(int codePoint) => Breaks[codePoint] is GraphemeBreak.Extend or GraphemeBreak.ZWJ or GraphemeBreak.SpacingMark
        or GraphemeBreak.Linker or GraphemeBreak.NonJoiner or GraphemeBreak.V or GraphemeBreak.T;

    private static CodePointTable<GraphemeBreak> BuildBreaks()
    {
        CodePointTable<GraphemeBreak> table = new();
        ReadOnlySpan<int> ranges = GraphemeBreakTable.Ranges;
        for (int i = 0; i < ranges.Length; i += 3)
        {
            for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
            {
                table[codePoint] = (GraphemeBreak)ranges[i + 2];
            }
        }

        for (int codePoint = HangulFirst; codePoint <= HangulLast; codePoint++)
        {
            table[codePoint] = (codePoint - HangulFirst) % 28 == 0 ? GraphemeBreak.LV : GraphemeBreak.LVT;
        }

        return table;
    }

    /// <summary>A cluster that may go on.</summary>
    private struct Cluster
    {
        private GraphemeBreak _last;
        private int _indicators;
        private bool _hasConsonant;
        private bool _hasLinker;
        private bool _hasPictographic;
        private bool _joinsPictographic;

        public Cluster(GraphemeBreak first) => Append(first);

        public bool Takes(GraphemeBreak next)
        {
            bool takes = Joins(next);
            if (takes)
            {
                Append(next);
            }

            return takes;
        }

        private readonly bool Joins(GraphemeBreak next)
        {
            if (_last is GraphemeBreak.CR)
            {
                return next is GraphemeBreak.LF;
            }

            if (IsControl(_last) || IsControl(next))
            {
                return false;
            }

            return next switch
            {
                GraphemeBreak.Extend or GraphemeBreak.ZWJ or GraphemeBreak.SpacingMark or GraphemeBreak.Linker
                    or GraphemeBreak.NonJoiner => true,
                _ when _last is GraphemeBreak.Prepend => true,
                GraphemeBreak.L => _last is GraphemeBreak.L,
                GraphemeBreak.LV or GraphemeBreak.LVT => _last is GraphemeBreak.L,
                GraphemeBreak.V => _last is GraphemeBreak.L or GraphemeBreak.V or GraphemeBreak.LV,
                GraphemeBreak.T => _last is GraphemeBreak.V or GraphemeBreak.LV or GraphemeBreak.T or GraphemeBreak.LVT,
                GraphemeBreak.Consonant => _hasConsonant && _hasLinker,
                GraphemeBreak.Pictographic => _joinsPictographic,
                GraphemeBreak.RegionalIndicator => _last is GraphemeBreak.RegionalIndicator && _indicators % 2 == 1,
                _ => false,
            };
        }

        private static bool IsControl(GraphemeBreak kind) => kind is GraphemeBreak.CR or GraphemeBreak.LF or GraphemeBreak.Control;

        private void Append(GraphemeBreak next)
        {
            bool extends = next is GraphemeBreak.Extend or GraphemeBreak.Linker or GraphemeBreak.NonJoiner;
            _joinsPictographic = next is GraphemeBreak.ZWJ && _hasPictographic;
            _hasPictographic = next is GraphemeBreak.Pictographic || (extends && _hasPictographic);
            if (next is GraphemeBreak.Linker)
            {
                _hasLinker = true;
            }
            else if (next is not (GraphemeBreak.Extend or GraphemeBreak.ZWJ))
            {
                _hasConsonant = next is GraphemeBreak.Consonant;
                _hasLinker = false;
            }

            _indicators = next is GraphemeBreak.RegionalIndicator ? _indicators + 1 : 0;
            _last = next;
        }
    }
}
