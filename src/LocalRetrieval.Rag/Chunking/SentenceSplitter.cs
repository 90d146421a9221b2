using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Finds the ends of sentences by punctuation, without a dictionary of the language and without ICU.</summary>
/// <remarks>
/// A stop ends a sentence when white space and then something other than a lower-case letter follow; stops of Chinese and Japanese
/// end it at once, and so does a blank line. Abbreviations, initials, decimals and the numbers of lists do not. In doubt two
/// sentences stay one, which costs little when chunks are packed.
/// </remarks>
internal static class SentenceSplitter
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？｡؟۔।॥։።\r\n");
    private static readonly SearchValues<char> WideStops = SearchValues.Create("。！？｡");
    private static readonly SearchValues<char> Closers = SearchValues.Create(".!?…。！？｡\"')]}»”’›」』）】》*_`");

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "etc", "cf", "al", "fig", "figs", "eq", "eqs", "sec", "ch", "vol", "pp",
        "ed", "eds", "approx", "ca", "inc", "ltd", "co", "corp", "dept", "est", "resp", "bzw", "usw", "nr", "bzgl", "vgl",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AbbreviationLookup =
        Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The sentences of a range, without white space at their ends.</summary>
    public static List<TextRange> Split(string text, TextRange range)
    {
        List<TextRange> sentences = [];
        int start = range.Start;
        int index = range.Start;
        while (NextStop(text, index, range.End) is var stop && stop >= 0)
        {
            index = EndOfStop(text, stop, range.End);
            if (EndsSentence(text, new TextRange(start, range.End), stop, index))
            {
                Add(text, start, index, sentences);
                start = index;
            }
        }

        Add(text, start, range.End, sentences);
        return sentences;
    }

    private static int NextStop(string text, int index, int end)
    {
        int found = text.AsSpan(index, end - index).IndexOfAny(Stops);
        return found < 0 ? -1 : index + found;
    }

    /// <summary>Behind the stop and the stops, quotes and brackets that close with it.</summary>
    private static int EndOfStop(string text, int stop, int end)
    {
        if (text[stop] is '\r' or '\n')
        {
            return Math.Min(end, TextLines.NextLine(text, stop));
        }

        int index = stop + 1;
        while (index < end && Closers.Contains(text[index]))
        {
            index++;
        }

        return index;
    }

    private static bool EndsSentence(string text, TextRange rest, int stop, int index)
    {
        if (text[stop] is '\r' or '\n')
        {
            return IsBlankLine(text, index, rest.End);
        }

        if (index >= rest.End || WideStops.Contains(text[stop]))
        {
            return true;
        }

        int next = index;
        while (next < rest.End && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next > index
            && (next == rest.End || !char.IsLower(text[next]))
            && !(text[stop] == '.' && IsAbbreviation(text, rest.Start, stop));
    }

    private static bool IsBlankLine(string text, int lineStart, int end)
    {
        int next = Math.Min(end, TextLines.NextLine(text, lineStart));
        return lineStart < end && text.AsSpan(lineStart, next - lineStart).IsWhiteSpace();
    }

    /// <summary>Whether the stop belongs to the word before it: an abbreviation, an initial, or a number that opens the sentence.</summary>
    private static bool IsAbbreviation(string text, int sentenceStart, int stop)
    {
        int start = stop;
        while (start > sentenceStart && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        ReadOnlySpan<char> word = text.AsSpan(start, stop - start);
        return word switch
        {
            [] => false,
            [var letter] when char.IsLetter(letter) => true,
            _ when word.Contains('.') => char.IsLetter(word[0]),
            _ when char.IsAsciiDigit(word[0]) => text.AsSpan(sentenceStart, start - sentenceStart).IsWhiteSpace(),
            _ => AbbreviationLookup.Contains(word),
        };
    }

    private static void Add(string text, int start, int end, List<TextRange> sentences)
    {
        TextRange sentence = new TextRange(start, end).Trim(text);
        if (!sentence.IsEmpty)
        {
            sentences.Add(sentence);
        }
    }
}
