using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LocalRetrieval.Rag;

/// <summary>Registers readers of documents.</summary>
/// <remarks>An application's own readers are asked before those of the packages, the one that is registered last first, whatever the order of the calls here.</remarks>
public static class DocumentReadersServiceCollectionExtensions
{
    /// <summary>Adds <see cref="DocumentReaders"/> as a lazy singleton: those of this package, of the packages LocalRetrieval.Documents.* that the application has, and its own.</summary>
    /// <param name="services">The services.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddDocumentReaders(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => DocumentReaders.Default.With(provider.GetServices<IDocumentReader>()));
        return services;
    }

    /// <summary>Adds a reader of the application's own as a singleton, and what <see cref="AddDocumentReaders"/> adds.</summary>
    /// <typeparam name="TReader">The reader.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddDocumentReader<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TReader>(this IServiceCollection services)
        where TReader : class, IDocumentReader
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IDocumentReader, TReader>();
        return services.AddDocumentReaders();
    }
}
