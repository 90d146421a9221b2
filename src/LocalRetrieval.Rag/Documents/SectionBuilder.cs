namespace LocalRetrieval.Rag;

/// <summary>Puts blocks under their headings.</summary>
/// <remarks>
/// A heading that has neither a body nor headings below it is a block under the headings above it, so that it can be found. The title tops the
/// path where no first heading says the same.
/// </remarks>
internal sealed class SectionBuilder(string? title = null)
{
    private readonly string? _title = title is null ? null : HeadingPaths.Heading(title);
    private readonly HeadingStack _headings = new();
    private readonly List<DocumentSection> _sections = [];
    private readonly List<DocumentBlock> _blocks = [];
    private string? _path = title is null ? null : HeadingPaths.Heading(title);
    private bool _isBelowNewHeading;
    private DocumentBlock? _bare;
    private int _bareLevel;
    private string? _barePath;

    /// <summary>Enters a heading, which ends those of its level and below.</summary>
    /// <param name="level">From 1, the outermost.</param>
    /// <param name="text">Its text; one without text only ends others.</param>
    /// <param name="block">Where it stands; null where it cannot be shown, and so cannot be found by itself.</param>
    public void Enter(int level, string text, DocumentBlock? block)
    {
        if (level <= _bareLevel)
        {
            FlushBare();
        }

        _bare = null;
        string? above = PathOf(_headings.PathAbove(level));
        _headings.Enter(level, HeadingPaths.Heading(text));
        _bare = text.Length > 0 ? block is { } heading ? heading with { Kind = DocumentBlockKind.Heading } : null : null;
        _bareLevel = level;
        _barePath = above;
        _isBelowNewHeading = true;
    }

    /// <summary>Adds a block under the current headings.</summary>
    public void Add(DocumentBlock block)
    {
        _bare = null;
        if (_isBelowNewHeading)
        {
            EndSection();
            _isBelowNewHeading = false;
        }

        AddUnder(PathOf(_headings.Path), block);
    }

    /// <summary>The sections.</summary>
    public IReadOnlyList<DocumentSection> Build()
    {
        FlushBare();
        EndSection();
        return _sections;
    }

    private string? PathOf(string? headings) => HeadingPaths.Under(_title, headings);

    private void FlushBare()
    {
        if (_bare is { } heading)
        {
            AddUnder(_barePath, heading);
        }

        _bare = null;
    }

    private void AddUnder(string? path, DocumentBlock block)
    {
        if (path != _path)
        {
            EndSection();
            _path = path;
        }

        _blocks.Add(block);
    }

    private void EndSection()
    {
        if (_blocks.Count > 0)
        {
            _sections.Add(new DocumentSection { HeadingPath = _path, Blocks = _blocks.ToArray() });
            _blocks.Clear();
        }
    }
}
