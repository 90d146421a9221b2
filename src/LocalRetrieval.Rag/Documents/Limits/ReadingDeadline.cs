namespace LocalRetrieval.Rag;

/// <summary>Ends what takes longer than a document may.</summary>
internal static class ReadingDeadline
{
    /// <summary>The longest that a timer can wait.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>Runs a part of the reading with a token that is also cancelled when its time is up.</summary>
    /// <exception cref="InvalidDataException">Its time was up.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<T> RunAsync<T>(DocumentContext context, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (context.Options.MaxDuration < Longest)
        {
            limit.CancelAfter(context.Options.MaxDuration);
        }

        try
        {
            return await read(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw context.Beyond($"takes longer than {context.Options.MaxDuration} to read", nameof(DocumentReadingOptions.MaxDuration));
        }
    }
}
