namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>Adds the segments of one piece, delimiters and what lies between them, as pieces.</summary>
/// <param name="text">Where the pieces go.</param>
/// <param name="behavior">What becomes of the delimiters.</param>
internal ref struct PieceSplitter(PreTokenizedText text, SplitDelimiterBehavior behavior)
{
    private int _start;
    private int _end;
    private bool _isOpen;
    private bool _endsWithDelimiter;

    /// <summary>Adds what lies between two delimiters, or before the first or after the last; nothing where that is empty.</summary>
    public void AddBetween(int start, int end, bool isDelimiter)
    {
        if (start < end)
        {
            Add(start, end, isDelimiter);
        }
    }

    /// <summary>Adds the next segment, which begins where the one before ended; an empty one, too, tells its neighbours apart.</summary>
    public void Add(int start, int end, bool isDelimiter)
    {
        bool joins = behavior switch
        {
            SplitDelimiterBehavior.Contiguous => isDelimiter == _endsWithDelimiter,
            SplitDelimiterBehavior.MergedWithPrevious => isDelimiter && !_endsWithDelimiter,
            SplitDelimiterBehavior.MergedWithNext => !isDelimiter && _endsWithDelimiter,
            _ => false,
        };
        if (!joins || !_isOpen)
        {
            Finish();
            _start = start;
        }

        _end = end;
        _isOpen = true;
        _endsWithDelimiter = isDelimiter;
    }

    /// <summary>Adds the last piece. The next segment is the first of another piece.</summary>
    public void Finish()
    {
        if (behavior != SplitDelimiterBehavior.Removed || !_endsWithDelimiter)
        {
            text.Add(_start, _end);
        }

        (_start, _end, _isOpen, _endsWithDelimiter) = (0, 0, false, false);
    }
}
