using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Adds caching to a pipeline of retrievers.</summary>
public static class CachingPassageRetrieverBuilderExtensions
{
    /// <summary>Keeps results for equal requests to come; see <see cref="CachingPassageRetriever"/>.</summary>
    /// <remarks>Behind query rewriting, conversations that come to the same question share a result.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="cache">Where results are kept; null takes the registered one.</param>
    /// <param name="configure">Sets up the stage, its expiration say; null for nothing.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder UseCaching(
        this PassageRetrieverBuilder builder, IMemoryCache? cache = null, Action<CachingPassageRetriever>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            CachingPassageRetriever retriever = new(inner, cache ?? Resolve(services), services.GetService<ILoggerFactory>()?.CreateLogger("LocalRetrieval.Rag.PassageRetriever"));
            configure?.Invoke(retriever);
            return retriever;
        });
    }

    /// <summary>Keeps results for equal requests to come; see <see cref="CachingPassageRetriever{TRecord}"/>.</summary>
    /// <remarks>Behind query rewriting, conversations that come to the same question share a result.</remarks>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="cache">Where results are kept; null takes the registered one.</param>
    /// <param name="configure">Sets up the stage, its expiration say; null for nothing.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> UseCaching<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, IMemoryCache? cache = null, Action<CachingPassageRetriever<TRecord>>? configure = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            CachingPassageRetriever<TRecord> retriever = new(inner, cache ?? Resolve(services), services.GetService<ILoggerFactory>()?.CreateLogger("LocalRetrieval.Rag.PassageRetriever"));
            configure?.Invoke(retriever);
            return retriever;
        });
    }

    private static IMemoryCache Resolve(IServiceProvider services) => services.GetService<IMemoryCache>() ?? throw new InvalidOperationException(
        $"{nameof(UseCaching)} needs an {nameof(IMemoryCache)}, and none is registered. Register one with AddMemoryCache(), or pass one.");
}
