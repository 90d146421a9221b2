using System.Diagnostics;
using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Ends the reading of a document that costs more than it may; asked between pages and before each of its streams is decoded.</summary>
internal sealed class ParsingGuard(DocumentContext context, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _expanded;

    /// <summary>How many more bytes may come of the document's streams.</summary>
    public long Remaining => context.Options.MaxExpandedBytes - _expanded;

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

        if (Remaining < 0)
        {
            throw new InvalidDataException(
                $"'{context.Source}' expands to more than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxExpandedBytes)}, "
                    + $"{context.Options.MaxExpandedBytes} bytes, allows. Raise the limit if you trust the file.");
        }
    }

    /// <summary>Counts bytes that came of a stream.</summary>
    public void AddExpanded(long bytes)
    {
        _expanded += bytes;
        ThrowIfOver();
    }

    /// <summary>Says that a document takes too long.</summary>
    public static InvalidDataException TooLong(DocumentContext context) =>
        new($"'{context.Source}' takes longer to read than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxDuration)}, "
            + $"{context.Options.MaxDuration}, allows. Raise the limit if you trust the file.");
}
