namespace LocalRetrieval.Rag;

/// <summary>Follows Markdown character by character, to tell whether a marker stands in code.</summary>
/// <remarks>
/// A fence and indented code are known when they start. Backticks are code only if as many close them in the same paragraph, so markers
/// behind an open one wait until it is closed or the paragraph ends. Fences and indented code in lists and quotations count; what stands in one ends with it,
/// and a fence that never closes goes on to the end.
/// </remarks>
internal sealed class MarkdownCode
{
    private const int IndentOfCode = 4;

    private readonly List<CitationMarker> _markers = [];
    private readonly CodeSpans _spans;

    private readonly MarkdownContainers _containers = new();

    private LinePart _part;
    private bool _isIndentedCode;
    private bool _afterBlank = true;
    private bool _afterIndentedCode;

    // A run of backticks or tildes that the last characters are.
    private char _runCharacter;
    private int _runLength;
    private bool _runStartsLine;

    private char _fence;
    private int _fenceLength;
    private (int Depth, int Offset) _fenceContainer;
    private bool _isInfo;
    private bool _mayClose;
    private int _backslashes;

    public MarkdownCode() => _spans = new CodeSpans(_markers);

    private enum LinePart
    {
        Start,
        Bullet,
        Number,
        NumberEnd,
        Text,
    }

    /// <summary>The markers that are not in code, in their order.</summary>
    public IReadOnlyList<CitationMarker> Markers => _markers;

    /// <summary>Whether the next character is code, known for certain.</summary>
    public bool IsCode => _fence != '\0' || _isIndentedCode;

    /// <summary>Whether the next character is code, or is if backticks that are open close.</summary>
    public bool MayBeCode => IsCode || _spans.IsOpen;

    /// <summary>Whether nothing but space, or the mark of a list or quotation, stands before the next character of its line.</summary>
    public bool IsLineStart => _part == LinePart.Start;

    /// <summary>Reads the next character.</summary>
    public void Read(char character)
    {
        if (character != _runCharacter)
        {
            EndRun(character);
        }

        if (character == '\n')
        {
            EndLine();
        }
        else if (character != '\r')
        {
            if (_part != LinePart.Text && !ReadStart(character))
            {
                StartText(character);
            }

            if (_part == LinePart.Text)
            {
                ReadText(character);
            }
        }
    }

    /// <summary>Notes a marker that the characters read so far end with, unless it is in code.</summary>
    public void Add(CitationMarker marker)
    {
        if (!IsCode)
        {
            _spans.Add(marker);
        }
    }

    /// <summary>Ends the text.</summary>
    public void Complete()
    {
        EndRun('\n');
        _spans.EndParagraph();
    }

    /// <summary>Whether text that stands here is indented code.</summary>
    private bool IsIndented => _containers.Indent >= IndentOfCode && (_afterBlank || _afterIndentedCode || _containers.IsNew);

    /// <summary>Reads what stands before a line's text; false where the text starts.</summary>
    private bool ReadStart(char character)
    {
        bool mayOpen = _fence == '\0' && !IsIndented;
        switch (_part, character)
        {
            case (LinePart.Start, ' ' or '\t'):
                _containers.ReadSpace(character);
                return true;
            case (LinePart.Start, '>') when mayOpen || _containers.Depth < _fenceContainer.Depth:
                _containers.OpenQuote();
                return true;
            case (LinePart.Start, '-' or '*' or '+') when mayOpen:
                return ReadMark(LinePart.Bullet);
            case (LinePart.Start or LinePart.Number, >= '0' and <= '9') when mayOpen:
                return ReadMark(LinePart.Number);
            case (LinePart.Number, '.' or ')'):
                return ReadMark(LinePart.NumberEnd);
            case (LinePart.Bullet or LinePart.NumberEnd, ' ' or '\t'):
                _part = LinePart.Start;
                _containers.OpenItem();
                _containers.ReadSpace(character);
                _spans.EndParagraph();
                return true;
            default:
                return false;
        }
    }

    private bool ReadMark(LinePart part)
    {
        _part = part;
        _containers.ReadMark();
        return true;
    }

    private void StartText(char character)
    {
        _part = LinePart.Text;
        _runStartsLine = character is '`' or '~';
        _containers.StartText(_afterBlank || _afterIndentedCode);
        if (_fence != '\0' && _containers.HasLeft(_fenceContainer))
        {
            CloseFence();
        }

        if (_fence != '\0')
        {
            return;
        }

        _isIndentedCode = IsIndented;
        if (character is '#' or '|')
        {
            _spans.EndParagraph();
        }
    }

    private void CloseFence() => (_fence, _mayClose, _fenceContainer, _afterBlank) = ('\0', false, default, true);

    private void ReadText(char character)
    {
        if (character is '`' or '~')
        {
            ReadRun(character);
        }
        else if (!char.IsWhiteSpace(character))
        {
            _mayClose = false;
        }

        _backslashes = character == '\\' ? _backslashes + 1 : 0;
    }

    private void ReadRun(char character)
    {
        if (character == '`' && _isInfo && _fence == '`')
        {
            // A fence of backticks has none behind it in its line: this was the start of code within the line.
            (int length, _fence, _isInfo, _fenceContainer) = (_fenceLength, '\0', false, default);
            _spans.AddRun(length);
        }

        // A backslash takes a backtick its meaning, but not in code.
        bool isEscaped = _runLength == 0 && _backslashes % 2 == 1 && !_spans.IsOpen && !IsCode;
        if (!isEscaped)
        {
            _runCharacter = character;
            _runLength++;
        }
    }

    private void EndRun(char next)
    {
        (int length, char character, bool startsLine) = (_runLength, _runCharacter, _runStartsLine);
        (_runLength, _runCharacter) = (0, '\0');
        if (length == 0)
        {
            return;
        }

        _runStartsLine = false;
        if (_fence != '\0')
        {
            _mayClose = startsLine && character == _fence && length >= _fenceLength && (char.IsWhiteSpace(next) || next == '\n');
        }
        else if (startsLine && length >= 3 && !_isIndentedCode)
        {
            _spans.EndParagraph();
            (_fence, _fenceLength, _isInfo, _mayClose, _fenceContainer) = (character, length, true, false, _containers.Current);
        }
        else if (character == '`' && !_isIndentedCode)
        {
            _spans.AddRun(length);
        }
    }

    private void EndLine()
    {
        bool isBlank = _part == LinePart.Start && !_containers.IsItem;
        if (_mayClose || (_fence != '\0' && isBlank && _containers.Depth < _fenceContainer.Depth))
        {
            CloseFence();
            isBlank = true;
        }
        else if (isBlank)
        {
            _spans.EndParagraph();
        }

        _afterIndentedCode = _isIndentedCode || (isBlank && _afterIndentedCode);
        _afterBlank = isBlank;
        (_part, _isIndentedCode, _isInfo, _backslashes) = (LinePart.Start, false, false, 0);
        _containers.EndLine();
    }
}
