using System.Diagnostics;
using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Ends the reading of a document that costs more than it may; asked between pages and before each of its streams is decoded.</summary>
internal sealed class ParsingGuard(DocumentContext context, CancellationToken cancellationToken)
{
    /// <summary>What expands to less is no bomb, however little it takes.</summary>
    private const long SmallLength = 16L << 20;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _expanded;
    private long _stored;
    private InvalidDataException? _refusal;

    /// <summary>How many more bytes may come of the document's streams.</summary>
    public long Remaining => context.Options.MaxExpandedBytes - _expanded;

    /// <summary>How many bytes a filter may give of the stream that is decoded.</summary>
    public long StreamLimit => Math.Min(Remaining, Math.Max(SmallLength, _stored * context.Options.MaxExpansion));

    /// <summary>Throws where reading must end. A stack that is nearly used up, by parts that hold each other, ends the part only.</summary>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    /// <exception cref="InvalidDataException">The document is beyond a limit.</exception>
    public void ThrowIfOver()
    {
        cancellationToken.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Stopwatch.GetElapsedTime(_start) > context.Options.MaxDuration)
        {
            throw TooLong(context);
        }

        if (_refusal is not null)
        {
            throw _refusal;
        }

        if (Remaining < 0)
        {
            throw new InvalidDataException(
                $"'{context.Source}' expands to more than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxExpandedBytes)}, "
                    + $"{context.Options.MaxExpandedBytes} bytes, allows. Raise the limit if you trust the file.");
        }
    }

    /// <summary>Begins a stream of so many bytes, before the first of its filters.</summary>
    public void BeginStream(long stored) => _stored = stored;

    /// <summary>Counts bytes that a filter made of a stream.</summary>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    /// <exception cref="InvalidDataException">The document is beyond a limit.</exception>
    public void AddExpanded(long bytes)
    {
        _expanded += bytes;
        if (Remaining >= 0 && bytes > StreamLimit)
        {
            // Kept, for the parser goes on behind a stream that it could not read.
            _refusal ??= new InvalidDataException(
                $"'{context.Source}' has a stream that expands from {_stored} to {bytes} bytes or more, more times than {nameof(DocumentReadingOptions)}."
                    + $"{nameof(DocumentReadingOptions.MaxExpansion)}, {context.Options.MaxExpansion}, allows. Raise the limit if you trust the file.");
        }

        ThrowIfOver();
    }

    /// <summary>Says that a document takes too long.</summary>
    public static InvalidDataException TooLong(DocumentContext context) =>
        new($"'{context.Source}' takes longer to read than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxDuration)}, "
            + $"{context.Options.MaxDuration}, allows. Raise the limit if you trust the file.");
}
