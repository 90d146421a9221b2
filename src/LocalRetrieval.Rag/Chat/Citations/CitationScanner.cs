using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Finds the markers by which a model cites numbered sources, in a text that comes in pieces of any size.</summary>
/// <remarks>
/// <para>What it finds depends on the text alone, not on how it is cut: it reads one character after another. A marker is at most
/// <see cref="MaxMarkerLength"/> units long. None is found in code, before a parenthesis (a link), at a line's start before a colon (a
/// definition), and, if it is but numbers in [ ], directly after a word, a call or another pair of brackets (a subscript).</para>
/// <para>Where numbers without a source are removed, at most <see cref="MaxHeld"/> units are held back.</para>
/// </remarks>
internal sealed class CitationScanner
{
    /// <summary>The most units that are held back: a space and a marker.</summary>
    public const int MaxHeld = 32;

    /// <summary>The longest marker, its brackets included.</summary>
    public const int MaxMarkerLength = MaxHeld - 1;

    private const string Opening = "[【［〔";
    private const string Closing = "]】］〕";

    private readonly Func<int, bool>? _hasSource;
    private readonly MarkdownCode _code = new();
    private readonly Surroundings _surroundings;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _candidate = new();
    private List<(int From, int To)>? _numbers;
    private bool _startsLine;
    private bool _isSubscript;
    private bool _holdsSpace;
    private int _delivered;

    /// <summary>A scanner of one message's text.</summary>
    /// <param name="hasSource">Which numbers have a source: others are removed with their markers. Null leaves the text as it is.</param>
    /// <param name="citesAfterWords">Whether a marker directly after a word is none of a subscript.</param>
    public CitationScanner(Func<int, bool>? hasSource = null, bool citesAfterWords = false)
    {
        _hasSource = hasSource;
        _surroundings = new Surroundings(citesAfterWords);
    }

    /// <summary>The markers found, in their order; complete after <see cref="Complete"/>.</summary>
    public IReadOnlyList<CitationMarker> Markers => _code.Markers;

    /// <summary>How many units are held back.</summary>
    public int Held => _candidate.Length + (_holdsSpace ? 1 : 0);

    /// <summary>Reads the next piece; gives what can be delivered.</summary>
    public string Append(ReadOnlySpan<char> piece)
    {
        foreach (char character in piece)
        {
            Read(character);
        }

        return Drain();
    }

    /// <summary>Ends the text; gives what was held back.</summary>
    public string Complete()
    {
        if (_numbers is not null)
        {
            Decide('\0');
        }

        Flush();
        _code.Complete();
        return Drain();
    }

    private void Read(char character)
    {
        if (_numbers is not null)
        {
            Decide(character);
        }

        if (_candidate.Length == 0 || !ReadCandidate(character))
        {
            ReadPlain(character);
        }
    }

    private void ReadPlain(char character)
    {
        (bool startsLine, bool isSubscript) = (_code.IsLineStart, _surroundings.MakeSubscript(character));
        _code.Read(character);
        _surroundings.Read(character);
        if (Opening.Contains(character, StringComparison.Ordinal) && !_code.IsCode)
        {
            (_startsLine, _isSubscript) = (startsLine, isSubscript);
            _candidate.Append(character);
        }
        else
        {
            Flush();
            _holdsSpace = character == ' ' && _hasSource is not null;
            if (!_holdsSpace)
            {
                Deliver(character);
            }
        }
    }

    /// <summary>Reads a character behind an opening bracket; false where it ends the hope for a marker.</summary>
    private bool ReadCandidate(char character)
    {
        if (character is '\n' or '`' || _candidate.Length == MaxMarkerLength || Opening.Contains(character, StringComparison.Ordinal))
        {
            Flush();
            return false;
        }

        _candidate.Append(character);
        _code.Read(character);
        _surroundings.Read(character);
        if (Closing.Contains(character, StringComparison.Ordinal))
        {
            _numbers = _isSubscript && MayBeSubscript() ? null : Parse();
            if (_numbers is null)
            {
                Flush();
            }
        }

        return true;
    }

    /// <summary>A name is followed by numbers; a footnote, a dagger or a word says what the bracket is for.</summary>
    private bool MayBeSubscript()
    {
        string candidate = _candidate.ToString();
        return char.IsDigit(candidate.AsSpan(1).TrimStart()[0]) && !candidate.AsSpan().ContainsAny('†', '‡');
    }

    private List<(int From, int To)>? Parse()
    {
        int kind = Opening.IndexOf(_candidate[0], StringComparison.Ordinal);
        return _candidate[^1] == Closing[kind] ? MarkerGrammar.Parse(_candidate.ToString().AsSpan()[1..^1], isWide: kind > 0) : null;
    }

    /// <summary>Decides by the character behind a marker whether it is one.</summary>
    private void Decide(char next)
    {
        IReadOnlyList<(int From, int To)> numbers = _numbers!;
        _numbers = null;
        bool isNarrow = _candidate[0] == Opening[0];
        if (isNarrow && (next == '(' || (next == ':' && _startsLine)))
        {
            Flush();
            return;
        }

        _surroundings.EndMarker();
        if (_hasSource is not null && !_code.MayBeCode)
        {
            Remove(ref numbers);
        }

        if (_candidate.Length > 0)
        {
            int start = _delivered + (_holdsSpace ? 1 : 0);
            Flush();
            _code.Add(new CitationMarker(start, _delivered, numbers));
        }
    }

    /// <summary>Takes the numbers without a source from the marker that is held, or it as a whole, with the space before it.</summary>
    private void Remove(ref IReadOnlyList<(int From, int To)> numbers)
    {
        KnownNumbers known = KnownNumbers.Of(numbers, _hasSource!);
        if (known.Kept.Count == numbers.Count && !known.AnyRemoved)
        {
            return;
        }

        (char open, char close) = (_candidate[0], _candidate[^1]);
        _candidate.Clear();
        if (known.Kept.Count > 0)
        {
            _candidate.Append(open).Append(known).Append(close);
            numbers = known.Kept;
        }
        else
        {
            _holdsSpace = false;
        }
    }

    private void Flush()
    {
        if (_holdsSpace)
        {
            _holdsSpace = false;
            Deliver(' ');
        }

        _output.Append(_candidate);
        _delivered += _candidate.Length;
        _candidate.Clear();
    }

    private void Deliver(char character)
    {
        _output.Append(character);
        _delivered++;
    }

    private string Drain()
    {
        if (_output.Length == 0)
        {
            return "";
        }

        string text = _output.ToString();
        _output.Clear();
        return text;
    }
}
