using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Rag;

/// <summary>Adds logging to a pipeline of retrievers.</summary>
public static class LoggingPassageRetrieverBuilderExtensions
{
    /// <summary>Logs each retrieval; see <see cref="LoggingPassageRetriever"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="loggerFactory">Makes the logger; null takes the registered one. Without a listener, nothing is added.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder UseLogging(
        this PassageRetrieverBuilder builder, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            ILoggerFactory factory = loggerFactory ?? Resolve(services);
            return factory == NullLoggerFactory.Instance ? inner : new LoggingPassageRetriever(inner, factory.CreateLogger<LoggingPassageRetriever>());
        });
    }

    /// <summary>Logs each retrieval; see <see cref="LoggingPassageRetriever{TRecord}"/>.</summary>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="loggerFactory">Makes the logger; null takes the registered one. Without a listener, nothing is added.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> UseLogging<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, ILoggerFactory? loggerFactory = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            ILoggerFactory factory = loggerFactory ?? Resolve(services);
            return factory == NullLoggerFactory.Instance ? inner : new LoggingPassageRetriever<TRecord>(inner, factory.CreateLogger<LoggingPassageRetriever<TRecord>>());
        });
    }

    private static ILoggerFactory Resolve(IServiceProvider services) => services.GetService<ILoggerFactory>() ?? throw new InvalidOperationException(
        $"{nameof(UseLogging)} needs an {nameof(ILoggerFactory)}, and none is registered. Register one with AddLogging(), or pass one.");
}
