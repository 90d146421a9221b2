namespace LocalRetrieval.Rag;

/// <summary>Follows #if and #else: of branches that open or close different brackets, only the first counts.</summary>
internal sealed class ConditionalLines(string text)
{
    private readonly Stack<int> _depths = new();
    private int _skipped;

    /// <summary>Whether what is read stands in a branch that does not count.</summary>
    public bool IsSkipping => _skipped > 0;

    /// <summary>Reads a directive where <paramref name="depth"/> brackets are open.</summary>
    public void Read(CodeToken directive, int depth)
    {
        ReadOnlySpan<char> word = directive.Of(text).TrimStart("# \t");
        bool isIf = word.StartsWith("if");
        bool isEnd = word.StartsWith("endif");
        if (_skipped > 0)
        {
            _skipped += isIf ? 1 : isEnd ? -1 : 0;
        }
        else if (isIf)
        {
            _depths.Push(depth);
            return;
        }
        else if (word.StartsWith("el") && _depths.TryPeek(out int before) && before != depth)
        {
            _skipped = 1;
        }

        if (isEnd && _skipped == 0)
        {
            _depths.TryPop(out _);
        }
    }
}
