using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.DependencyInjection;

/// <summary>Registers the options of one registration of a service.</summary>
internal static class OptionsRegistration
{
    /// <summary>
    /// Registers options that are this registration's own: what the application configures for options named as the service's key (unnamed
    /// where there is none), then <paramref name="configure"/>. They are validated when the host starts, and when they are first needed.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the service, or null.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The key that the options are registered with, which is this registration's own and may serve its other parts.</returns>
    public static string AddRegistrationOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services, object? serviceKey, Action<TOptions> configure)
        where TOptions : class
    {
        string registration = $"{typeof(TOptions).Name}:{Guid.NewGuid():N}";
        string optionsName = serviceKey?.ToString() ?? Options.DefaultName;
        ConfigureNamedOptions<TOptions> own = new(name: null, configure);
        services.AddKeyedSingleton(registration, (provider, _) => new OptionsFactory<TOptions>(
            [.. provider.GetServices<IConfigureOptions<TOptions>>(), own],
            provider.GetServices<IPostConfigureOptions<TOptions>>(),
            provider.GetServices<IValidateOptions<TOptions>>()).Create(optionsName));
        services.TryAddSingleton<StartFailures>();
        services.AddOptions<StartValidation>(registration)
            .Configure<IServiceProvider>((_, provider) => Validate<TOptions>(provider, registration))
            .ValidateOnStart();
        return registration;
    }

    private static void Validate<TOptions>(IServiceProvider provider, string registration)
        where TOptions : class
    {
        try
        {
            provider.GetRequiredKeyedService<TOptions>(registration);
        }
        catch (OptionsValidationException failure) when (!provider.GetRequiredService<StartFailures>().IsToldBy(registration, failure.Message))
        {
            // Another registration tells it.
        }
    }

    // Making it makes a registration's options, and so validates them.
    private sealed class StartValidation;

    // Registrations that check one section together fail alike, which the host is told once: by the first.
    private sealed class StartFailures
    {
        private readonly ConcurrentDictionary<string, string> _registrations = new(StringComparer.Ordinal);

        public bool IsToldBy(string registration, string message) => _registrations.GetOrAdd(message, registration) == registration;
    }
}
