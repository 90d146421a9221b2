namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A reader whose documents say who read them.</summary>
internal sealed class NamedReader(string name, string[] extensions, Func<DocumentSample, bool>? matches = null, bool isText = false) : IDocumentReader
{
    public ReaderFormat Format { get; } = new() { Name = name, Extensions = extensions, Matches = matches, IsText = isText };

    /// <summary>What is done while it reads.</summary>
    public Func<Stream, DocumentContext, CancellationToken, Task>? OnRead { get; init; }

    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        await (OnRead?.Invoke(stream, context, cancellationToken) ?? Task.CompletedTask);
        return new DocumentContent
        {
            Text = name,
            Sections = [new DocumentSection { Blocks = [new DocumentBlock { Offset = 0, Length = name.Length }] }],
        };
    }
}
