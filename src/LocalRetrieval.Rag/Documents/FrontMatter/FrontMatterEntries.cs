namespace LocalRetrieval.Rag;

/// <summary>Gathers the values of front matter as a parser comes upon them, within the document's limits.</summary>
internal sealed class FrontMatterEntries(DocumentContext context, CancellationToken cancellationToken)
{
    private readonly List<FrontMatterEntry> _entries = [];
    private readonly Stack<Level> _levels = new();
    private int _nodes;
    private long _characters;

    public IReadOnlyList<FrontMatterEntry> Values => _entries;

    /// <summary>Starts a mapping, whose values each follow their <see cref="Key"/>.</summary>
    public void BeginMap() => Begin(isList: false);

    /// <summary>Starts a list.</summary>
    public void BeginList() => Begin(isList: true);

    /// <summary>Ends the innermost mapping or list.</summary>
    public void End() => _levels.Pop();

    /// <summary>Names the value that follows; an empty name takes the mapping's own, as YAML's merge key does.</summary>
    public void Key(string name)
    {
        Level level = _levels.Pop();
        _levels.Push(level with { Key = level.Path.Length == 0 ? name : name.Length == 0 ? level.Path : $"{level.Path}.{name}" });
    }

    /// <summary>Adds a value; null and blank ones count, and are no entries.</summary>
    public void Add(string? value)
    {
        CountNode();
        Level level = _levels.Peek();
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        _characters += level.Key.Length + value.Length;
        if (2 * _characters > context.Options.MaxExpandedBytes)
        {
            throw Beyond(nameof(DocumentReadingOptions.MaxExpandedBytes), context.Options.MaxExpandedBytes, "bytes");
        }

        _entries.Add(new FrontMatterEntry(level.Key, value.Trim(), level.IsList));
    }

    /// <summary>Refuses mappings and lists that are nested deeper than the limit.</summary>
    public void ThrowIfDeeper(int depth)
    {
        if (depth > context.Options.MaxDepth)
        {
            throw Beyond(nameof(DocumentReadingOptions.MaxDepth), context.Options.MaxDepth, "levels");
        }
    }

    private void Begin(bool isList)
    {
        CountNode();
        ThrowIfDeeper(_levels.Count + 1);
        string path = _levels.TryPeek(out Level? level) ? level.Key : "";
        _levels.Push(new Level(path, path, isList));
    }

    private void CountNode()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_nodes > context.Options.MaxParts)
        {
            throw Beyond(nameof(DocumentReadingOptions.MaxParts), context.Options.MaxParts, "values");
        }
    }

    private InvalidDataException Beyond(string option, long limit, string unit) => new(
        $"The front matter of '{context.Source}' comes to more than {limit} {unit}, which {nameof(DocumentReadingOptions)}.{option} allows. "
            + "Raise the limit if you trust the file.");

    /// <param name="Path">The keys to the mapping or list.</param>
    /// <param name="Key">The keys to the value that comes next.</param>
    /// <param name="IsList">Whether it is a list.</param>
    private sealed record Level(string Path, string Key, bool IsList);
}
