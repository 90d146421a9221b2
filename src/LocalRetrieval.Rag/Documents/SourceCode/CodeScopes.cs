namespace LocalRetrieval.Rag;

/// <summary>The declarations of a program, however short: which of them are around a place.</summary>
/// <remarks>Sections are made of the long ones; where a short one is cut nevertheless, its parts are told by this.</remarks>
internal sealed class CodeScopes
{
    private const int MaxDepth = 8;
    private const int MaxNesting = 64;

    private readonly List<int> _starts = [];
    private readonly List<(int End, int Parent, int Depth, string Name)> _declarations = [];
    private readonly string _text;
    private readonly string? _rest;

    /// <summary>The declarations among items and in them.</summary>
    /// <param name="text">The program.</param>
    /// <param name="items">Its outermost items.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public CodeScopes(string text, List<CodeItem> items, CancellationToken cancellationToken)
    {
        _text = text;
        _rest = items.Find(item => item.HoldsRest)?.Name is { } name ? HeadingPaths.Heading(name) : null;
        Add(items, text.Length, parent: -1, nesting: 0, cancellationToken);
    }

    /// <summary>The innermost declaration that a place is in, behind its first line; -1 where it is in none.</summary>
    public int Find(int position)
    {
        int index = _starts.BinarySearch(position);
        index = (index < 0 ? ~index : index) - 1;
        while (index >= 0 && _declarations[index].End <= position)
        {
            index = _declarations[index].Parent;
        }

        return index;
    }

    /// <summary>The heading path of what stands in a declaration.</summary>
    public string PathOf(int declaration)
    {
        List<string> names = [];
        for (int index = declaration; index >= 0; index = _declarations[index].Parent)
        {
            names.Add(_declarations[index].Name);
        }

        if (_rest is not null)
        {
            names.Add(_rest);
        }

        names.Reverse();
        return string.Join(HeadingPaths.Separator, names);
    }

    private void Add(List<CodeItem> items, int end, int parent, int nesting, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int depth = parent < 0 ? (_rest is null ? 0 : 1) : _declarations[parent].Depth + 1;
        for (int index = 0; index < items.Count && nesting < MaxNesting; index++)
        {
            CodeItem item = items[index];
            int itemEnd = index + 1 < items.Count ? items[index + 1].Start : end;
            bool isScope = item.Name is not null && !item.HoldsRest && depth < MaxDepth;
            if (isScope)
            {
                _starts.Add(FirstLine(item.Start));
                _declarations.Add((itemEnd, parent, depth, HeadingPaths.Heading(item.Name!)));
            }

            Add(item.Children, itemEnd, isScope ? _declarations.Count - 1 : parent, nesting + 1, cancellationToken);
        }
    }

    /// <summary>The start of the first line that is not blank.</summary>
    private int FirstLine(int start)
    {
        int line = start;
        for (int index = start; index < _text.Length && char.IsWhiteSpace(_text[index]); index++)
        {
            line = _text[index] is '\r' or '\n' ? index + 1 : line;
        }

        return line;
    }
}
