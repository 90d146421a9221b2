using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Finds services by a key, or else those without one.</summary>
internal static class KeyedServices
{
    public static T? Find<T>(IServiceProvider services, object? serviceKey)
        where T : class => (serviceKey is null ? null : services.GetKeyedService<T>(serviceKey)) ?? services.GetService<T>();

    /// <exception cref="InvalidOperationException">There is none; the message says how to get one.</exception>
    public static T Require<T>(IServiceProvider services, object? serviceKey, string registration)
        where T : class => Find<T>(services, serviceKey) ?? throw new InvalidOperationException(
            $"The server's services have no {typeof(T).Name}{(serviceKey is null ? "" : $", neither with the key '{serviceKey}' nor without one")}. Register one, for instance with services.{registration}.");
}
