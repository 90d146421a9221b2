using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Holds the encoder behind a generator against the one that filled a collection, where both say which that is.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class GeneratorEncoder(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private volatile EncoderInfo? _info;

    /// <summary>Refuses a collection that another encoder filled.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled it.</exception>
    public async ValueTask CheckAsync<TKey, TRecord>(
        VectorStoreCollection<TKey, TRecord> collection, string? vectorProperty, CancellationToken cancellationToken)
        where TKey : notnull
        where TRecord : class
    {
        if (EncodersOf(collection) is { } encoders && await FindAsync(cancellationToken).ConfigureAwait(false) is { } info)
        {
            await encoders.CheckAsync(info, vectorProperty, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has a collection remember the encoder, before its vectors are written.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled it.</exception>
    public async ValueTask RememberAsync<TKey, TRecord>(
        VectorStoreCollection<TKey, TRecord> collection, string? vectorProperty, CancellationToken cancellationToken)
        where TKey : notnull
        where TRecord : class
    {
        if (EncodersOf(collection) is { } encoders && await FindAsync(cancellationToken).ConfigureAwait(false) is { } info)
        {
            await encoders.RememberAsync(info, vectorProperty, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ICollectionEncoders? EncodersOf<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection)
        where TKey : notnull
        where TRecord : class =>
        collection.GetService(typeof(ICollectionEncoders)) as ICollectionEncoders;

    // On the thread pool, since asking may load a model.
    private async ValueTask<EncoderInfo?> FindAsync(CancellationToken cancellationToken) =>
        _info ??= await Task.Run(() => generator.GetService(typeof(EncoderInfo)) as EncoderInfo, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
}
