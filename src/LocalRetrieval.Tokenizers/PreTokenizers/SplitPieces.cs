namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>Makes pieces of the matches in a text and of what lies between them, as a behavior asks.</summary>
internal ref struct SplitPieces(PreTokenizedText text, SplitBehavior behavior, int start)
{
    /// <summary>The piece that may yet grow: from here to <see cref="_end"/>.</summary>
    private int _start = start;
    private int _end = start;
    private bool _isMatch;

    /// <summary>Takes the next part of the text; an empty one is none.</summary>
    public void Add(int length, bool isMatch)
    {
        if (length == 0)
        {
            return;
        }

        if (behavior == SplitBehavior.Removed && isMatch)
        {
            Finish();
            _end += length;
            _start = _end;
            return;
        }

        if (!Joins(isMatch))
        {
            Finish();
        }

        _end += length;
        _isMatch = isMatch;
    }

    /// <summary>Ends the piece.</summary>
    public void Finish()
    {
        text.Add(_start, _end);
        _start = _end;
    }

    /// <summary>Whether a part belongs to the piece before it.</summary>
    private readonly bool Joins(bool isMatch) => behavior switch
    {
        SplitBehavior.MergedWithPrevious => isMatch && !_isMatch,
        SplitBehavior.MergedWithNext => _isMatch && !isMatch,
        SplitBehavior.Contiguous => isMatch == _isMatch,
        _ => false,
    };
}
