namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Documents of given blocks.</summary>
internal static class BlockReader
{
    /// <summary>One block of a kind that is a whole text.</summary>
    public static DocumentContent Block(string text, DocumentBlockKind kind, int headerLength = 0, string? headingPath = null) => new()
    {
        Text = text,
        Sections = [new() { HeadingPath = headingPath, Blocks = [new() { Offset = 0, Length = text.Length, Kind = kind, HeaderLength = headerLength }] }],
    };
}
