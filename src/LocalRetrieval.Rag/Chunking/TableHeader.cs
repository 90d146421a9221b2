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
        ChunkLead? whole = header.IsEmpty ? null : Within(string.Concat(header.Of(text), "\n"), "", _half);
        IsWhole = whole is not null;
        Lead = header.IsEmpty ? null : whole ?? Shortened();
    }

    /// <summary>All names, at most half of the room; null where there are none, or more than there is room for.</summary>
    public ChunkLead? Lead { get; }

    /// <summary>Whether no name of <see cref="Lead"/> is shortened.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether one of some columns has a name.</summary>
    public bool HasName(int first, int end) => Array.Exists(Of(_names, first, end), name => name.Length > 0);

    /// <summary>The tokens of a column's name, shortened or whole, and a bar.</summary>
    public int NameTokens(int column, bool isWhole) => column >= _tokens.Length ? 0 : (isWhole ? _tokens[column] : Math.Min(_tokens[column], NameLimit)) + 1;

    /// <summary>What is put before some cells of a row that is too long: the names of their columns, and of the first with its cell.</summary>
    /// <param name="key">The row's first cell, shortened; null where it is among the cells.</param>
    /// <param name="first">The first of the columns.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="isWithin">Whether the cells stand behind others in their row, so that they have no bar of their own before them.</param>
    /// <param name="mostTokens">The room that whole names have; null for shortened ones, which have half of a chunk.</param>
    /// <returns>Null where there is no room, or there are no names.</returns>
    public ChunkLead? LeadOf(string? key, int first, int end, bool isWithin, int? mostTokens)
    {
        _shortNames ??= Array.ConvertAll(_names, name => Start(name, NameLimit));
        string[] names = Of(mostTokens is null ? _shortNames : _names, first, end);
        string bar = isWithin ? "| " : "";
        string cells = key is null || !isWithin ? bar : $"| {key} | ";
        int most = mostTokens ?? _half;
        if (!Array.Exists(names, name => name.Length > 0))
        {
            return cells.Length == 0 ? null : Within(cells, "", most);
        }

        ChunkLead? lead = Within(Line(key is null ? names : [_shortNames[0], .. names]), cells, most);
        return lead is not null || end - first > 1 ? lead : LeadOf(names[0], bar, most, mayShorten: mostTokens is null);
    }

    /// <summary>What is put before one cell that has no room for the row's first beside it.</summary>
    private ChunkLead? LeadOf(string name, string bar, int most, bool mayShorten)
    {
        ChunkLead? lead = Within(Line([name]), bar, most);
        for (int tokens = NameLimit / 2; lead is null && mayShorten && tokens > 0; tokens /= 2)
        {
            lead = Within(Line([Start(name, tokens)]), bar, most);
        }

        return lead;
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

    private static string[] Of(string[] names, int first, int end) => names[Math.Min(first, names.Length)..Math.Min(end, names.Length)];

    private ChunkLead? Within(string names, string cells, int most)
    {
        if (names.Length > _budget.MaxTextLength / (most > _half ? 1 : 2))
        {
            return null;
        }

        int tokens = _budget.CountAlone(names);
        return tokens > most ? null
            : cells.Length == 0 ? new ChunkLead(names, tokens)
            : new ChunkLead(names + cells, _budget.CountAlone(names + cells));
    }

    /// <summary>Each name cut to the same number of tokens, the most that there is room for; null where even one is too many.</summary>
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
            if (bars <= _half && Within(Line(Array.ConvertAll(_names, name => Start(name, most))), "", _half) is { } lead)
            {
                return lead;
            }
        }

        return null;
    }
}
