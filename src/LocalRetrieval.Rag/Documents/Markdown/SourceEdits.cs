namespace LocalRetrieval.Rag;

/// <summary>What of a text is left out, and what stands for it.</summary>
internal sealed class SourceEdits(string source)
{
    private List<SourceEdit> _edits = [];

    /// <summary>Leaves a range out.</summary>
    public void Hide(TextRange range) => Replace(range, "");

    /// <summary>Leaves a range out; of the blanks around it one stays.</summary>
    public void HideInline(TextRange range)
    {
        bool isAfterBlank = range.Start == 0 || source[range.Start - 1] is ' ' or '\t' or '\r' or '\n';
        bool isBeforeBlank = range.End < source.Length && source[range.End] == ' ';
        Hide(isAfterBlank && isBeforeBlank ? range with { End = range.End + 1 } : range);
    }

    /// <summary>Puts a text in the place of a range that is not empty.</summary>
    public void Replace(TextRange range, string replacement)
    {
        if (!range.IsEmpty)
        {
            _edits.Add(new SourceEdit(range, replacement));
        }
    }

    /// <summary>What the edits make of the text.</summary>
    public RenderedDocument Apply(CancellationToken cancellationToken)
    {
        _edits = [.. _edits.OrderBy(edit => edit.Range.Start).ThenByDescending(edit => edit.Range.End)];
        cancellationToken.ThrowIfCancellationRequested();
        Part();
        cancellationToken.ThrowIfCancellationRequested();
        HideWholeLines();
        return RenderedDocument.Create(source, _edits, cancellationToken);
    }

    /// <summary>Takes from each edit what one before it covers.</summary>
    private void Part()
    {
        int count = 0;
        int end = 0;
        for (int index = 0; index < _edits.Count; index++)
        {
            TextRange range = _edits[index].Range;
            range = range with { Start = Math.Max(range.Start, end) };
            if (!range.IsEmpty)
            {
                _edits[count++] = _edits[index] with { Range = range };
                end = range.End;
            }
        }

        _edits.RemoveRange(count, _edits.Count - count);
    }

    /// <summary>Leaves out the blanks and the end of each line of which nothing else is left.</summary>
    private void HideWholeLines()
    {
        int free = 0;
        for (int index = 0; index < _edits.Count; index++)
        {
            int start = SkipBlanksBack(_edits[index].Range.Start, free);
            if (start == 0 || source[start - 1] is '\r' or '\n')
            {
                int last = LastHidden(index);
                if (last >= index)
                {
                    TextRange hidden = new(start, TextLines.NextLine(source, SkipBlanks(_edits[last].Range.End)));
                    _edits[index] = new SourceEdit(hidden, "");
                    for (int covered = index + 1; covered <= last; covered++)
                    {
                        _edits[covered] = new SourceEdit(new TextRange(hidden.End, hidden.End), "");
                    }

                    index = last;
                }
            }

            free = _edits[index].Range.End;
        }

        _edits.RemoveAll(edit => edit.Range.IsEmpty);
    }

    /// <summary>The last of the edits from <paramref name="first"/> on that together leave nothing of their lines; before it where something is left.</summary>
    private int LastHidden(int first)
    {
        for (int index = first; index < _edits.Count && _edits[index].Replacement.Length == 0; index++)
        {
            int end = _edits[index].Range.End;
            if (source[end - 1] is '\r' or '\n')
            {
                return first - 1;
            }

            int next = SkipBlanks(end);
            if (next == source.Length || source[next] is '\r' or '\n')
            {
                return index;
            }

            if (index + 1 == _edits.Count || _edits[index + 1].Range.Start > next)
            {
                return first - 1;
            }
        }

        return first - 1;
    }

    private int SkipBlanks(int index)
    {
        while (index < source.Length && source[index] is ' ' or '\t')
        {
            index++;
        }

        return index;
    }

    private int SkipBlanksBack(int index, int least)
    {
        while (index > least && source[index - 1] is ' ' or '\t')
        {
            index--;
        }

        return index;
    }
}
