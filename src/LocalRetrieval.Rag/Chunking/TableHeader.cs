namespace LocalRetrieval.Rag;

/// <summary>The names of a table's columns, as they are put before its rows.</summary>
internal sealed class TableHeader
{
    private readonly ChunkBudget _budget;
    private readonly string[] _names;
    private readonly int[] _tokens;
    private readonly int _half;
    private string[]? _shortNames;

    /// <summary>The names in the first lines of a table; those of several lines are joined by column.</summary>
    public TableHeader(string text, TextRange header, ChunkBudget budget)
    {
        _budget = budget;
        _half = budget.RoomFor(null) / 2;
        _names = Names(text, header);
        _tokens = Array.ConvertAll(_names, name => budget.CountAlone(name));
        Lead = header.IsEmpty ? null : Within(string.Concat(header.Of(text), "\n")) ?? Shortened();
    }

    /// <summary>All names, at most half of the room; null where there are none.</summary>
    public ChunkLead? Lead { get; }

    /// <summary>Whether a name is too long to stand before a part of a row as a whole.</summary>
    public bool HasLongNames => Array.Exists(_tokens, tokens => tokens > NameLimit);

    /// <summary>The tokens of a column's name, shortened, and a bar.</summary>
    public int NameTokens(int column) => column < _tokens.Length ? Math.Min(_tokens[column], NameLimit) + 1 : 0;

    /// <summary>What is put before some cells of a row that is too long: the names of their columns, and of the first with its cell.</summary>
    /// <param name="key">The row's first cell, shortened; null where it is among the cells.</param>
    /// <param name="first">The first of the columns.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="isWithin">Whether the cells stand behind others in their row, so that they have no bar of their own before them.</param>
    public ChunkLead? LeadOf(string? key, int first, int end, bool isWithin)
    {
        _shortNames ??= Array.ConvertAll(_names, name => Start(name, NameLimit));
        string[] names = _shortNames[Math.Min(first, _names.Length)..Math.Min(end, _names.Length)];
        string keyCell = key is null ? "" : $"| {key} ";
        string cells = isWithin ? keyCell + "| " : "";
        return (Array.Exists(names, name => name.Length > 0) ? Within(Line(key is null ? names : [_shortNames[0], .. names]) + cells) ?? Within(Line(names) + "| ") : null)
            ?? (cells.Length == 0 ? null : Within(cells));
    }

    /// <summary>The start of a text that has at most so many tokens, without half a word where it has several.</summary>
    public string Start(string text, int maxTokens)
    {
        ReadOnlySpan<char> start = text.AsSpan(0, CharacterLimit.Cut(text, CharacterLimit.Of(maxTokens)));
        int length = _budget.IndexOfTokenLimit(start, maxTokens);
        if (length == text.Length)
        {
            return text;
        }

        int word = start[..length].LastIndexOf(' ');
        return start[..(word > 0 && !char.IsWhiteSpace(text[length]) ? word : length)].TrimEnd().ToString();
    }

    private int NameLimit => Math.Max(1, _half / 4);

    private static string[] Names(string text, TextRange header)
    {
        List<string> names = [];
        for (int line = header.Start; line < header.End;)
        {
            int next = Math.Min(header.End, TextLines.NextLine(text, line));
            List<TextRange> cells = TableCells.Split(text, new TextRange(line, next));
            for (int column = 0; column < cells.Count; column++)
            {
                string name = cells[column].Of(text).ToString();
                if (column == names.Count)
                {
                    names.Add(name);
                }
                else if (name.Length > 0)
                {
                    names[column] = $"{names[column]} {name}".TrimStart();
                }
            }

            line = next;
        }

        return [.. names];
    }

    private static string Line(ReadOnlySpan<string> names) => $"| {string.Join(" | ", names!)} |\n";

    private ChunkLead? Within(string text)
    {
        if (text.Length > _budget.MaxTextLength / 2)
        {
            return null;
        }

        int tokens = _budget.CountAlone(text);
        return tokens <= _half ? new ChunkLead(text, tokens) : null;
    }

    /// <summary>Each name cut to the same number of tokens, the most that there is room for; where even one is too many, the first names.</summary>
    private ChunkLead? Shortened()
    {
        int bars = _names.Length + 1;
        int low = 1;
        int high = _half;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = bars + _tokens.Sum(tokens => (long)Math.Min(tokens, middle)) <= _half ? (middle, high) : (low, middle - 1);
        }

        for (int most = low; most > 0; most--)
        {
            if (bars <= _half && Within(Line(Array.ConvertAll(_names, name => Start(name, most)))) is { } lead)
            {
                return lead;
            }
        }

        for (int count = Math.Min(_names.Length, _half / 2); count > 0; count--)
        {
            if (Within(Line(Array.ConvertAll(_names[..count], name => Start(name, 1)))) is { } lead)
            {
                return lead;
            }
        }

        return null;
    }
}
