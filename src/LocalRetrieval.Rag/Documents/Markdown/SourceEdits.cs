using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>What of a text is left out, and what stands for it.</summary>
internal sealed class SourceEdits(string source)
{
    private List<SourceEdit> _edits = [];

    /// <summary>Leaves a range out.</summary>
    public void Hide(TextRange range) => Replace(range, "");

    /// <summary>Leaves a range out; of the blanks around it one stays, and one is set if it parts words.</summary>
    public void HideInline(TextRange range, bool isParting = false)
    {
        bool isAfterBlank = range.Start == 0 || source[range.Start - 1] is ' ' or '\t' or '\r' or '\n';
        bool isBeforeBlank = range.End < source.Length && source[range.End] == ' ';
        range = isAfterBlank && isBeforeBlank ? range with { End = range.End + 1 } : range;
        Add(new SourceEdit(range, "") { IsParting = isParting });
    }

    /// <summary>Puts a text in the place of a range that is not empty.</summary>
    public void Replace(TextRange range, string replacement) => Add(new SourceEdit(range, replacement));

    /// <summary>Puts a text in the place of a range; a blank parts it from what stands before, unless there is one.</summary>
    public void Part(TextRange range, string replacement = "") => Add(new SourceEdit(range, replacement) { IsParting = true });

    /// <summary>Makes an edit of a range that is not empty.</summary>
    public void Add(SourceEdit edit)
    {
        if (!edit.Range.IsEmpty)
        {
            _edits.Add(edit);
        }
    }

    /// <summary>What the edits make of the text.</summary>
    public RenderedDocument Apply(CancellationToken cancellationToken)
    {
        _edits = [.. _edits.OrderBy(edit => edit.Range.Start).ThenByDescending(edit => edit.Range.End)];
        cancellationToken.ThrowIfCancellationRequested();
        Disjoin();
        cancellationToken.ThrowIfCancellationRequested();
        HideWholeLines();
        SetBlanks();
        cancellationToken.ThrowIfCancellationRequested();
        Repeat();
        return RenderedDocument.Create(source, _edits, cancellationToken);
    }

    /// <summary>Takes from each edit what one before it covers.</summary>
    private void Disjoin()
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

    /// <summary>Sets the blanks that part words.</summary>
    private void SetBlanks()
    {
        char[] following = Following();
        char before = '\n';
        for (int index = 0; index < _edits.Count; index++)
        {
            SourceEdit edit = _edits[index];
            int start = edit.Range.Start;
            before = start > 0 && (index == 0 || _edits[index - 1].Range.End < start) ? source[start - 1] : before;
            char after = edit.Replacement.Length > 0 ? edit.Replacement[0] : following[index];
            if (edit.IsParting && IsParted(before, after, edit.Range.Of(source).IsWhiteSpace()))
            {
                IReadOnlyList<RepeatedText>? repeated = edit.Repeated?.Select(text => text with { Index = text.Index + 1 }).ToList();
                _edits[index] = edit = edit with { Replacement = " " + edit.Replacement, Repeated = repeated };
            }

            before = edit.Replacement.Length > 0 ? edit.Replacement[^1] : before;
        }
    }

    /// <summary>Whether a blank goes between two characters; a tag between a word and a mark leaves them together, white space does not.</summary>
    private static bool IsParted(char before, char after, bool isWhiteSpace) =>
        !char.IsWhiteSpace(before) && !char.IsWhiteSpace(after)
            && (isWhiteSpace || !(before is '(' or '[' or '“' or '‘' || after is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '”' or '’'));

    /// <summary>What is seen behind each edit; a line's end at the end of the text.</summary>
    private char[] Following()
    {
        char[] following = new char[_edits.Count];
        for (int index = _edits.Count - 1; index >= 0; index--)
        {
            int end = _edits[index].Range.End;
            following[index] = index + 1 < _edits.Count && _edits[index + 1].Range.Start == end
                ? _edits[index + 1].Replacement is [var first, ..] ? first : following[index + 1]
                : end < source.Length ? source[end] : '\n';
        }

        return following;
    }

    /// <summary>Writes the texts that are shown once more, as the edits leave them.</summary>
    private void Repeat()
    {
        for (int index = 0; index < _edits.Count; index++)
        {
            if (_edits[index].Repeated is not { } repeated)
            {
                continue;
            }

            StringBuilder text = new(_edits[index].Replacement);
            foreach (RepeatedText part in repeated.Reverse())
            {
                text.Insert(part.Index, Show(part.Range));
            }

            _edits[index] = new SourceEdit(_edits[index].Range, text.ToString());
        }
    }

    /// <summary>What is seen of a range.</summary>
    private string Show(TextRange range)
    {
        StringBuilder text = new();
        int start = range.Start;
        for (int index = IndexOf(range.Start); index < _edits.Count && _edits[index].Range.End <= range.End; index++)
        {
            text.Append(source.AsSpan(start, _edits[index].Range.Start - start)).Append(_edits[index].Replacement);
            start = _edits[index].Range.End;
        }

        return text.Append(source.AsSpan(start, range.End - start)).ToString().Trim();
    }

    /// <summary>The first edit from a place on.</summary>
    private int IndexOf(int start)
    {
        int low = 0;
        for (int high = _edits.Count; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = _edits[middle].Range.Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
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
