using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Finds the parts of a registration in the container.</summary>
internal static class ServiceResolution
{
    /// <summary>The service with <paramref name="chosenKey"/>; without one, that with the registration's key, or else the one without a key.</summary>
    /// <exception cref="InvalidOperationException">A key was chosen, and there is no such service.</exception>
    public static T? Find<T>(IServiceProvider services, string? chosenKey, object? registrationKey)
        where T : class
    {
        if (chosenKey is not null)
        {
            return services.GetRequiredKeyedService<T>(chosenKey);
        }

        return (registrationKey is null ? null : services.GetKeyedService<T>(registrationKey)) ?? services.GetService<T>();
    }

    /// <inheritdoc cref="Find{T}" />
    /// <exception cref="InvalidOperationException">There is no such service; the message says how to get one.</exception>
    public static T Require<T>(IServiceProvider services, string? chosenKey, object? registrationKey, string example)
        where T : class =>
        Find<T>(services, chosenKey, registrationKey)
            ?? throw new InvalidOperationException($"No {typeof(T).Name} is registered. Register one, for instance with {example}.");
}
