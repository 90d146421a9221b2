namespace LocalRetrieval.Rag;

/// <summary>The headings above a place in a document.</summary>
internal sealed class HeadingStack
{
    private readonly List<(int Level, string Text)> _headings = [];

    /// <summary>The headings, outermost first, joined; null where there are none.</summary>
    public string? Path => PathAbove(int.MaxValue);

    /// <summary>The headings that one of <paramref name="level"/> would stand under.</summary>
    public string? PathAbove(int level)
    {
        string[] above = [.. _headings.Where(heading => heading.Level < level).Select(heading => heading.Text)];
        return above.Length == 0 ? null : string.Join(HeadingPaths.Separator, above);
    }

    /// <summary>Enters a heading, which ends those of its level and below; one without text only ends them.</summary>
    public void Enter(int level, string text)
    {
        _headings.RemoveAll(heading => heading.Level >= level);
        if (text.Length > 0)
        {
            _headings.Add((level, text));
        }
    }
}
