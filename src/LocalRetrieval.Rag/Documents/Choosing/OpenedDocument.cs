using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>A document whose bytes are open and whose reader is chosen.</summary>
internal sealed class OpenedDocument(SourceDocument document, DocumentContext context, Stream stream, ReaderChoice choice) : IAsyncDisposable
{
    /// <summary>The bytes, from their start.</summary>
    public Stream Stream => stream;

    /// <summary>Its reader; null where there is none.</summary>
    public IDocumentReader? Reader => choice.Reader;

    /// <summary>Why it has no reader, in a few words; null where it has one.</summary>
    public string? Refusal => choice.Refusal;

    /// <summary>Whether the document is left out rather than failed where it has no reader: it came of a folder, and nobody named it.</summary>
    public bool IsSkipped => Refusal is not null && document.Origin != DocumentOrigin.Named;

    /// <summary>Reads it, within its limits.</summary>
    /// <exception cref="InvalidDataException">It has no reader, cannot be read, or is beyond a limit.</exception>
    public Task<DocumentContent> ReadAsync(CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            throw new InvalidDataException($"'{document.Source}' cannot be read: {Refusal}.");
        }

        Debug.Assert(Reader is not null, "There is a reader or a refusal.");
        return ReadingDeadline.RunAsync(context, ReadWithinAsync, cancellationToken);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private Task<DocumentContent> ReadWithinAsync(CancellationToken cancellationToken)
    {
        if (document.Text is { } text && Reader is TextDocumentReader reader)
        {
            return Task.FromResult(reader.Read(text, context, cancellationToken));
        }

        stream.Position = 0;
        return Reader!.ReadAsync(stream, context, cancellationToken);
    }
}
