namespace LocalRetrieval.Rag;

/// <summary>How good a place is to cut at; higher is better.</summary>
internal static class CutQuality
{
    /// <summary>Parts what belongs together: a heading and its text, a condition and its body.</summary>
    public const int Poor = -1000;

    /// <summary>Between sentences and rows.</summary>
    public const int Plain = 0;

    /// <summary>Between blocks.</summary>
    public const int Block = 4;

    /// <summary>What a blank line adds to a line of code.</summary>
    public const int BlankLine = 12;

    /// <summary>The most columns of indentation that count.</summary>
    public const int MaxIndentation = 80;
}
