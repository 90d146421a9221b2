namespace LocalRetrieval.Rag;

/// <summary>What an open bracket holds so far.</summary>
internal sealed class CodeFrame(string close, bool isContainer, bool hasLines, bool hasCommas)
{
    private const int MaxHeader = 64;

    /// <summary>What closes it.</summary>
    public string Close => close;

    /// <summary>Whether it holds declarations.</summary>
    public bool IsContainer => isContainer;

    /// <summary>Whether line ends part its items.</summary>
    public bool HasLines => hasLines;

    /// <summary>Whether commas part its items.</summary>
    public bool HasCommas => hasCommas;

    public List<CodeItem> Items { get; private set; } = [];

    /// <summary>The item that is read; null before the first that starts on a line of its own.</summary>
    public CodeItem? Current { get; set; }

    public CodeFrameState State { get; set; } = CodeFrameState.BeforeItem;

    /// <summary>Whether anything other than commas parts its items.</summary>
    public bool HasStatements { get; set; }

    /// <summary>The tokens of the current item outside of brackets, up to its body.</summary>
    public List<CodeToken> Header { get; } = [];

    /// <summary>Whether the current item has had its body.</summary>
    public bool IsPastHeader { get; set; }

    public void Begin(CodeItem? item)
    {
        if (item is not null)
        {
            Items.Add(item);
        }

        Current = item;
        Header.Clear();
        IsPastHeader = false;
    }

    public void AddToHeader(CodeToken token)
    {
        if (!IsPastHeader && Header.Count < MaxHeader)
        {
            Header.Add(token);
        }
    }

    /// <summary>Takes the items of a frame that was closed in it: they are the current item's, or stand for themselves where it has none.</summary>
    public void TakeOver(List<CodeItem> items)
    {
        List<CodeItem> own = Current?.Children ?? Items;
        if (own.Count > 0)
        {
            own.AddRange(items);
        }
        else if (Current is not null)
        {
            Current.Children = items;
        }
        else
        {
            Items = items;
        }
    }

    /// <summary>Puts what only a comma parts into the item that it goes on with, where statements are parted otherwise.</summary>
    public void JoinAtCommas()
    {
        if (!HasStatements || !Items.Exists(item => item.IsAfterComma))
        {
            return;
        }

        List<CodeItem> joined = [];
        foreach (CodeItem item in Items)
        {
            if (item.IsAfterComma && joined.Count > 0)
            {
                joined[^1].Children.Add(item);
            }
            else
            {
                joined.Add(item);
            }
        }

        Items.Clear();
        Items.AddRange(joined);
    }
}
