using System.Collections.Frozen;
using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What models write between brackets to cite: 1; 1, 3; 1-3; Source 1; ^3; 3†source; in any script's digits.</summary>
internal ref struct MarkerGrammar
{
    private const int MaxDigits = 4;

    private static readonly FrozenSet<string> Labels = new[]
    {
        "source", "sources", "src", "doc", "docs", "document", "documents", "passage", "passages", "ref", "refs", "reference", "references",
        "citation", "citations", "cite", "result", "quelle", "quellen", "dokument", "fuente", "fuentes", "fonte", "fonti", "fontes",
        "bron", "bronnen", "källa", "kilde", "źródło", "источник", "来源", "资料", "文献", "參考", "参考", "出典", "資料", "출처",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What says where in a source: it and all behind it is no number of a source.</summary>
    private static readonly FrozenSet<string> Locators = new[]
    {
        "p", "pp", "page", "pages", "sec", "section", "sections", "ch", "chapter", "line", "lines", "para", "fig", "figure", "table", "seite", "s",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Conjunctions = new[] { "and", "or", "und", "et", "y", "e", "en", "och", "og", "и", "和", "与", "と" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly ReadOnlySpan<char> _text;
    private readonly List<(int From, int To)> _numbers = [];
    private int _position;
    private bool _hasLabel;

    private MarkerGrammar(ReadOnlySpan<char> text) => _text = text;

    private readonly char Next => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>Reads what stands between the brackets; null where it is no marker.</summary>
    /// <param name="text">The text without its brackets.</param>
    /// <param name="isWide">Whether the brackets are of those that no programming language has.</param>
    public static List<(int From, int To)>? Parse(ReadOnlySpan<char> text, bool isWide)
    {
        MarkerGrammar grammar = new(text) { _hasLabel = isWide };
        return grammar.ReadAll() ? grammar._numbers : null;
    }

    private bool ReadAll()
    {
        SkipSpace();
        while (ReadItem())
        {
            SkipSpace();
            if (Next == '\0' || IsTail(Next))
            {
                return true;
            }

            if (!ReadSeparator())
            {
                return false;
            }

            SkipSpace();
            if (Locators.GetAlternateLookup<ReadOnlySpan<char>>().Contains(PeekWord()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A dagger, or what stands behind a source's number in words: its name, its lines.</summary>
    private readonly bool IsTail(char character) => character is '†' or '‡' || (_hasLabel && character is ':' or '：' or '#');

    private bool ReadItem()
    {
        if (!ReadPrefix() || !ReadNumber(out int from))
        {
            return false;
        }

        int to = from;
        int end = _position;
        SkipSpace();
        if (IsDash(Next))
        {
            _position++;
            SkipSpace();
            if (!ReadPrefix() || !ReadNumber(out to) || to < from)
            {
                return false;
            }
        }
        else
        {
            _position = end;
        }

        _numbers.Add((from, to));
        return true;
    }

    private bool ReadPrefix()
    {
        ReadOnlySpan<char> word = PeekWord();
        if (word.Length > 0)
        {
            if (!Labels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            {
                return false;
            }

            _hasLabel = true;
            _position += word.Length;
            SkipAny(" .:：#№_-");
        }

        SkipAny("^#†");
        return true;
    }

    private bool ReadNumber(out int number)
    {
        number = 0;
        int start = _position;
        while (_position < _text.Length && CharUnicodeInfo.GetDecimalDigitValue(_text[_position]) is >= 0 and int digit)
        {
            number = (number * 10) + digit;
            if (++_position - start > MaxDigits)
            {
                return false;
            }
        }

        bool isNumber = _position > start;
        if (Next == '^')
        {
            _position++;
        }

        return isNumber;
    }

    private bool ReadSeparator()
    {
        if (Next is ',' or ';' or '&' or '/' or '|' or '，' or '、' or '；' or '،')
        {
            _position++;
            SkipSpace();
        }
        else if (PeekWord().Length == 0)
        {
            return false;
        }

        ReadOnlySpan<char> word = PeekWord();
        if (Conjunctions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            _position += word.Length;
        }

        return true;
    }

    private readonly ReadOnlySpan<char> PeekWord()
    {
        int end = _position;
        while (end < _text.Length && char.IsLetter(_text[end]))
        {
            end++;
        }

        return _text[_position..end];
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private void SkipAny(string characters)
    {
        while (_position < _text.Length && characters.Contains(_text[_position], StringComparison.Ordinal))
        {
            _position++;
        }
    }

    private static bool IsDash(char character) => character is '-' or '‐' or '‑' or '‒' or '–' or '—' or '−' or '~' or '～' or '〜' or '－';
}
