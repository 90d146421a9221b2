using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Finds the parts of a registration in the container.</summary>
internal static class ServiceResolution
{
    /// <summary>The service with <paramref name="chosenKey"/>; without one, that with the registration's key, or else the one without a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="option">The option that chooses a key.</param>
    /// <param name="chosenKey">Its value, or null.</param>
    /// <param name="registrationKey">The key of the registration, or null.</param>
    /// <param name="example">What is registered by an Add… and an AddKeyed… of its name.</param>
    /// <exception cref="InvalidOperationException">A key was chosen, and there is no such service; the message says how to get one.</exception>
    public static T? Find<T>(IServiceProvider services, string option, string? chosenKey, object? registrationKey, string example)
        where T : class
    {
        if (chosenKey is not null)
        {
            return services.GetKeyedService<T>(chosenKey) ?? throw new InvalidOperationException(
                $"{option} is '{chosenKey}', and no {TypeNames.Of(typeof(T))} is registered under that key. Register one, for instance with AddKeyed{example}(\"{chosenKey}\").");
        }

        return (registrationKey is null ? null : services.GetKeyedService<T>(registrationKey)) ?? services.GetService<T>();
    }

    /// <inheritdoc cref="Find{T}" />
    /// <exception cref="InvalidOperationException">There is no such service; the message says how to get one.</exception>
    public static T Require<T>(IServiceProvider services, string option, string? chosenKey, object? registrationKey, string example)
        where T : class =>
        Find<T>(services, option, chosenKey, registrationKey, example)
            ?? throw new InvalidOperationException($"No {TypeNames.Of(typeof(T))} is registered. Register one, for instance with Add{example}().");
}
