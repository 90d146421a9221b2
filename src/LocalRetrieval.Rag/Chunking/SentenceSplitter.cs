using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Finds the ends of sentences by punctuation and a short list of abbreviations, without a dictionary of the language and without ICU.</summary>
/// <remarks>
/// A stop ends a sentence when white space and then something other than a lower-case letter follow; stops of Chinese, Japanese and the scripts
/// of India end it at once, and so does a blank line, and the end of a line that is not merely wrapped. Abbreviations, initials, decimals and
/// ordinals do not. In doubt two sentences stay one, which costs little when chunks are packed.
/// </remarks>
internal sealed class SentenceSplitter
{
    private const int LongestWord = 32;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？｡．؟۔।॥။།።።։‼⁇⁈⁉\r\n");
    private static readonly SearchValues<char> WideStops = SearchValues.Create("。！？｡।॥။");
    private static readonly SearchValues<char> Closers = SearchValues.Create(".!?…。！？｡\"')]}»”“«’›」』）】》〉〗*_`");

    private readonly string _text;
    private readonly int _end;
    private readonly CancellationToken _cancellationToken;
    private readonly List<TextRange> _sentences = [];
    private ParagraphLines? _lines;
    private int _start;

    private SentenceSplitter(string text, TextRange range, CancellationToken cancellationToken)
    {
        _text = text;
        _start = SkipBlanks(range.Start, range.End);
        _end = range.End;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The sentences of a range, without white space at their ends.</summary>
    public static List<TextRange> Split(string text, TextRange range, CancellationToken cancellationToken = default)
    {
        SentenceSplitter splitter = new(text, range, cancellationToken);
        splitter.Split();
        return splitter._sentences;
    }

    private void Split()
    {
        int index = _start;
        for (int stops = 1; NextStop(index) is var stop && stop >= 0; stops++)
        {
            if (stops % 1024 == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            index = EndOfStop(stop);
            if (EndsSentence(stop, index))
            {
                AddUpTo(index);
                index = Math.Max(index, _start);
            }
        }

        AddUpTo(_end);
    }

    private int NextStop(int index)
    {
        int found = _text.AsSpan(index, _end - index).IndexOfAny(Stops);
        return found < 0 ? -1 : index + found;
    }

    /// <summary>Behind the stop and the stops, quotes and brackets that close with it.</summary>
    private int EndOfStop(int stop)
    {
        if (_text[stop] is '\r' or '\n')
        {
            return Math.Min(_end, TextLines.NextLine(_text, stop));
        }

        int index = stop + 1;
        while (index < _end && (Closers.Contains(_text[index]) || Stops.Contains(_text[index])) && _text[index] is not ('\r' or '\n'))
        {
            index++;
        }

        return IsSpacedQuote(index) ? index + 2 : index;
    }

    /// <summary>Whether a French closing quote follows behind its space; in German the same sign, before a word, opens one.</summary>
    private bool IsSpacedQuote(int index) =>
        index + 1 < _end && _text[index] is ' ' or '\u00A0' or '\u202F' && _text[index + 1] == '»' && (index + 2 == _end || !char.IsLetterOrDigit(_text[index + 2]));

    private bool EndsSentence(int stop, int index)
    {
        if (_text[stop] is '\r' or '\n')
        {
            return EndsLine(stop, index);
        }

        if (index >= _end)
        {
            return true;
        }

        if (WideStops.Contains(_text[stop]))
        {
            return !GoesOnBehindQuote(index);
        }

        int next = SkipBlanks(index, _end);
        return next > index
            && (next == _end || !char.IsLower(_text[next]))
            && !(_text[stop] == '.' && (stop + 1 == _end || _text[stop + 1] != '.') && IsOfItsWord(stop, next));
    }

    private bool EndsLine(int stop, int nextLine)
    {
        if (_lines is null || nextLine > _lines.End || stop >= _lines.End)
        {
            _lines = new ParagraphLines(_text, _start, _end);
        }

        return _lines.IsEndOfLine(nextLine);
    }

    /// <summary>Whether Japanese particles tie a quoted sentence to what follows.</summary>
    private bool GoesOnBehindQuote(int index) =>
        _text[index - 1] is '」' or '』' && _text[index] is 'と' or 'っ' or 'が' or 'を' or 'に' or 'は' or 'の' or 'で' or 'も' or 'や' or 'な' or '、';

    /// <summary>Whether the stop belongs to the word before it: an abbreviation, an initial, an ordinal, or a number that opens the sentence.</summary>
    private bool IsOfItsWord(int stop, int next)
    {
        int start = WordStart(stop);
        ReadOnlySpan<char> word = _text.AsSpan(start, stop - start);
        ReadOnlySpan<char> nextWord = WordAt(next);
        bool opens = SentenceAbbreviations.IsOpener(nextWord);
        return word switch
        {
            [] => false,
            [var letter] when char.IsLetter(letter) => IsInitial(letter, start) && (!opens || IsAfterInitial(start)),
            _ when char.IsAsciiDigit(word[0]) => start == _start || IsOrdinal(word, start, nextWord),
            _ when word.Contains('.') => IsDotted(word) && (!opens || IsNotLast(word)),
            _ => IsAbbreviation(word, next, opens),
        };
    }

    private bool IsAbbreviation(ReadOnlySpan<char> word, int next, bool opens) =>
        SentenceAbbreviations.IsNeverLast(word)
        || (SentenceAbbreviations.IsBeforeNumber(word) && next < _end && (char.IsDigit(_text[next]) || IsRoman(WordAt(next))))
        || (SentenceAbbreviations.MayEndSentence(word) && !opens);

    private bool IsOrdinal(ReadOnlySpan<char> word, int start, ReadOnlySpan<char> nextWord)
    {
        if (word.Length > 2 || nextWord.IsEmpty)
        {
            return false;
        }

        int before = start;
        while (before > _start && char.IsWhiteSpace(_text[before - 1]) && start - before < LongestWord)
        {
            before--;
        }

        int wordStart = WordStart(before);
        return SentenceAbbreviations.IsMonth(nextWord) || SentenceAbbreviations.IsBeforeOrdinal(_text.AsSpan(wordStart, before - wordStart));
    }

    private bool IsInitial(char letter, int start) =>
        letter < '\u2E80' && (start == _start || char.IsWhiteSpace(_text[start - 1]) || _text[start - 1] is '(' or '[' or '-' or '"' or '“' or '„' or '«' or '\'' or '’');

    /// <summary>Whether another initial stands right before: <c>J. R. R.</c>, <c>z. B.</c></summary>
    private bool IsAfterInitial(int start) =>
        start - 3 >= _start && char.IsWhiteSpace(_text[start - 1]) && _text[start - 2] == '.' && char.IsLetter(_text[start - 3])
            && (start - 3 == _start || !char.IsLetterOrDigit(_text[start - 4]));

    /// <summary>Whether each part has one or two letters, as those of <c>e.g</c>, <c>U.S</c> and <c>Ph.D</c> do, and those of a file's name do not.</summary>
    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        foreach (Range part in word.Split('.'))
        {
            if (word[part].Length > 2 || word[part].ContainsAnyInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNotLast(ReadOnlySpan<char> word) =>
        word is "e.g" or "i.e" or "E.g" or "I.e" or "z.B" or "Z.B" or "d.h" or "D.h" or "t.ex" or "p.ex" or "т.е" or "m.in";

    private static bool IsRoman(ReadOnlySpan<char> word) => !word.IsEmpty && word.Length < 7 && !word.ContainsAnyExcept("IVXLC");

    private int WordStart(int end)
    {
        int start = end;
        while (start > _start && end - start < LongestWord && (char.IsLetterOrDigit(_text[start - 1]) || _text[start - 1] is '.' or 'º'))
        {
            start--;
        }

        return start;
    }

    private ReadOnlySpan<char> WordAt(int index)
    {
        int end = index;
        while (end < _end && end - index < LongestWord && char.IsLetter(_text[end]))
        {
            end++;
        }

        return _text.AsSpan(index, end - index);
    }

    private int SkipBlanks(int index, int end)
    {
        while (index < end && char.IsWhiteSpace(_text[index]))
        {
            index++;
        }

        return index;
    }

    private void AddUpTo(int end)
    {
        TextRange sentence = new TextRange(_start, end).Trim(_text);
        if (!sentence.IsEmpty)
        {
            _sentences.Add(sentence);
        }

        _start = SkipBlanks(end, _end);
    }
}
