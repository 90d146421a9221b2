namespace LocalRetrieval.Rag;

/// <content>Reading whole sources.</content>
public sealed partial class PassageRetriever<TKey, TRecord> : ISourceReader
{
    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The collection does not exist; or the request has no filter where one is required.</exception>
    public async Task<SourceText?> ReadSourceAsync(string key, string? collection = null, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        RetrievalOptions<TRecord>? typed = options?.For<TRecord>();
        ThrowIfUnknown(typed);
        ThrowIfUnfiltered(typed);
        RetrievalPipeline<TRecord> pipeline = _pipeline
            ?? await PlanAsync(CreateRequest(key, typed, new QueryEmbedder(_generator, new StageRunner(), cancellationToken)), cancellationToken).ConfigureAwait(false);
        SourceText? source = await pipeline.Sources.ReadAsync(key, collection, typed?.Filter, cancellationToken).ConfigureAwait(false);
        if (source is null)
        {
            await ThrowIfMissingAsync(exception: null, cancellationToken).ConfigureAwait(false);
        }

        return source;
    }
}
