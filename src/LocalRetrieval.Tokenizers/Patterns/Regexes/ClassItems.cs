namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>What was read of a class between brackets: its set so far, and whether the last item can begin a range.</summary>
internal sealed class ClassItems
{
    private int? _last;

    public CodePointSet Set { get; private set; } = CodePointSet.Empty;

    /// <summary>Whether a character and a hyphen were read, and the end of the range is next.</summary>
    public bool IsRangeOpen { get; private set; }

    /// <summary>Whether the last item is a class such as \w.</summary>
    public bool EndsWithType { get; private set; }

    /// <summary>Whether the last item is a character that is no range's end.</summary>
    public bool CanOpenRange => _last is not null;

    public void OpenRange() => IsRangeOpen = true;

    /// <summary>Adds a character, or the range that it ends.</summary>
    /// <returns>False where the range would end before it begins.</returns>
    public bool TryAdd(int codePoint)
    {
        if (IsRangeOpen && _last > codePoint)
        {
            return false;
        }

        Set = Set.Union(CodePointSet.Range(IsRangeOpen ? _last!.Value : codePoint, codePoint));
        _last = IsRangeOpen ? null : codePoint;
        IsRangeOpen = false;
        EndsWithType = false;
        return true;
    }

    /// <summary>Adds what a class such as \w stands for.</summary>
    public void AddType(CodePointSet set)
    {
        AddClass(set);
        EndsWithType = true;
    }

    /// <summary>Adds a class in brackets.</summary>
    public void AddClass(CodePointSet set)
    {
        Set = Set.Union(set);
        _last = null;
        EndsWithType = false;
    }
}
