using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Holds the encoder behind a generator against the one that filled a collection, where both say which that is.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class GeneratorEncoder(IEmbeddingGenerator generator)
{
    private volatile EncoderInfo? _info;
    private volatile string? _identity;

    /// <summary>What tells this encoder's vectors from those of others: its fingerprint, or provider, model id and dimensions where it gives no <see cref="EncoderInfo"/>.</summary>
    public async ValueTask<string> IdentityAsync(CancellationToken cancellationToken) =>
        _identity ??= await OnThreadPoolAsync(Identify, cancellationToken).ConfigureAwait(false);

    /// <summary>What the generator says of its encoder; null where it says nothing.</summary>
    public async ValueTask<EncoderInfo?> FindAsync(CancellationToken cancellationToken) =>
        _info ??= await OnThreadPoolAsync(Find, cancellationToken).ConfigureAwait(false);

    /// <summary>The generator's token counter; null where it has none.</summary>
    public ITokenCounter? FindTokenCounter() => generator.GetService(typeof(ITokenCounter)) as ITokenCounter;

    /// <summary>Refuses a collection that another encoder filled, going by what it remembers.</summary>
    /// <returns>Whether the encoder is known to fit; false where one of both does not say which encoder it is, or none filled the collection.</returns>
    /// <exception cref="InvalidOperationException">Another encoder filled it.</exception>
    public async ValueTask<bool> CheckAsync(ICollectionEncoders? encoders, string? vectorProperty, CancellationToken cancellationToken) =>
        encoders is not null
            && await FindAsync(cancellationToken).ConfigureAwait(false) is { } info
            && await encoders.CheckAsync(info, vectorProperty, cancellationToken).ConfigureAwait(false);

    /// <summary>Has a collection remember the encoder, before its vectors are written.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled it.</exception>
    public async ValueTask RememberAsync(ICollectionEncoders? encoders, string? vectorProperty, CancellationToken cancellationToken)
    {
        if (encoders is not null && await FindAsync(cancellationToken).ConfigureAwait(false) is { } info)
        {
            await encoders.RememberAsync(info, vectorProperty, cancellationToken).ConfigureAwait(false);
        }
    }

    private EncoderInfo? Find() => generator.GetService(typeof(EncoderInfo)) as EncoderInfo;

    private string Identify()
    {
        if ((_info ??= Find()) is { } info)
        {
            return info.Fingerprint.Value;
        }

        EmbeddingGeneratorMetadata? metadata = generator.GetService<EmbeddingGeneratorMetadata>();
        return $"{metadata?.ProviderName}/{metadata?.DefaultModelId}/{metadata?.DefaultModelDimensions}";
    }

    // Asking may load a model, and a fingerprint reads its files.
    private static Task<T> OnThreadPoolAsync<T>(Func<T> ask, CancellationToken cancellationToken) =>
        Task.Run(ask, cancellationToken).WaitAsync(cancellationToken);
}
