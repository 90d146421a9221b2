using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Finds the retriever of a pipeline that was given none.</summary>
internal static class RegisteredRetriever
{
    /// <exception cref="ArgumentException">A key would be lost.</exception>
    public static void ThrowIfBoth(IPassageRetriever? retriever, object? serviceKey)
    {
        if (retriever is not null && serviceKey is not null)
        {
            throw new ArgumentException($"The key '{serviceKey}' is for a registered retriever, and one was passed as well. Pass either.", nameof(serviceKey));
        }
    }

    /// <exception cref="InvalidOperationException">None is registered.</exception>
    public static IPassageRetriever Require(IServiceProvider services, object? serviceKey) =>
        Find(services, serviceKey) ?? throw new InvalidOperationException(
            $"No {nameof(IPassageRetriever)} is registered{(serviceKey is null ? "" : $" with the key '{serviceKey}'")} in the services that the pipeline is built with. "
                + $"Register one, such as by AddLocalRetrieval or AddPassageRetriever, and pass the services to Build; or pass a retriever to UseRetrieval.");

    // A provider without keys has none of this key.
    private static IPassageRetriever? Find(IServiceProvider services, object? serviceKey) =>
        serviceKey is null ? services.GetService<IPassageRetriever>()
        : services is IKeyedServiceProvider ? services.GetKeyedService<IPassageRetriever>(serviceKey)
        : null;
}
