using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Loading;

/// <summary>Registers one local model: a lazy singleton with options of its own, under one or more service types.</summary>
/// <typeparam name="TService">The service.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
internal sealed class ModelRegistration<TService, TOptions>
    where TService : class, IDisposable
    where TOptions : class, ILocalModelOptions
{
    /// <summary>The types under which the service is registered; each hands out the same instance.</summary>
    public required IReadOnlyList<Type> ServiceTypes { get; init; }

    /// <summary>Further services that are made of the service and its options when they are asked for, by their types.</summary>
    public IReadOnlyDictionary<Type, Func<TService, TOptions, object>> DerivedServices { get; init; } = new Dictionary<Type, Func<TService, TOptions, object>>();

    /// <summary>Makes the model, to be loaded on first use, and what is registered.</summary>
    public required Func<TOptions, IServiceProvider, ModelInstance<TService>> Create { get; init; }

    /// <summary>Runs the model once.</summary>
    public required Func<TService, CancellationToken, Task> WarmUp { get; init; }

    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, or null for an unkeyed registration.</param>
    /// <param name="configure">Configures this registration's options.</param>
    public IServiceCollection AddTo(IServiceCollection services, object? serviceKey, Action<OptionsBuilder<TOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        // The name is this registration's own, so that a second one leaves the first one's options alone.
        string name = $"{typeof(TOptions).Name}:{Guid.NewGuid():N}";
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, LocalModelOptionsValidator<TOptions>>());
        configure(services.AddOptions<TOptions>(name).ValidateOnStart());

        services.AddKeyedSingleton(name, (provider, _) => Create(Options(provider, name), provider));
        foreach (Type serviceType in ServiceTypes)
        {
            services.Add(new ServiceDescriptor(serviceType, serviceKey, (provider, _) => Instance(provider, name).Service, ServiceLifetime.Singleton));
        }

        foreach ((Type serviceType, Func<TService, TOptions, object> derive) in DerivedServices)
        {
            services.Add(new ServiceDescriptor(
                serviceType, serviceKey, (provider, _) => derive(Instance(provider, name).Service, Options(provider, name)), ServiceLifetime.Singleton));
        }

        services.AddSingleton<IHostedService>(provider => new ModelWarmUp(cancellationToken => WarmUpAsync(provider, name, cancellationToken)));
        return services;
    }

    private static TOptions Options(IServiceProvider provider, string name) => provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);

    private static ModelInstance<TService> Instance(IServiceProvider provider, string name) => provider.GetRequiredKeyedService<ModelInstance<TService>>(name);

    // The model and not its wrapper: a cache that answers would leave the model unloaded.
    private Task WarmUpAsync(IServiceProvider provider, string name, CancellationToken cancellationToken) =>
        Options(provider, name).WarmUp ? WarmUp(Instance(provider, name).Model, cancellationToken) : Task.CompletedTask;
}
