using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.DependencyInjection;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Loading;

/// <summary>Registers one local model: a lazy singleton with options of its own, under one or more service types.</summary>
/// <typeparam name="TService">The service.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
internal sealed class ModelRegistration<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>
    where TService : class, IDisposable
    where TOptions : class, ILocalModelOptions
{
    /// <summary>What the model is, in the words of configuration.</summary>
    public required string Kind { get; init; }

    /// <summary>The types under which the service is registered; each hands out the same instance.</summary>
    public IReadOnlyList<Type> ServiceTypes { get; init; } = [typeof(TService)];

    /// <summary>Further services that are made of the service and its options when they are asked for, by their types.</summary>
    public IReadOnlyDictionary<Type, Func<TService, TOptions, object>> DerivedServices { get; init; } = new Dictionary<Type, Func<TService, TOptions, object>>();

    /// <summary>Makes the model, to be loaded on first use, and what is registered.</summary>
    public required Func<TOptions, IServiceProvider, ModelInstance<TService>> Create { get; init; }

    /// <summary>Runs the model once: the model and not its pipeline, since a cache that answers would leave it unloaded.</summary>
    public required Func<TService, CancellationToken, Task> WarmUp { get; init; }

    /// <summary>Reads the options of a configuration section.</summary>
    public OptionsBinder<TOptions> Binder { get; init; } = new() { Readers = ModelReaders.All };

    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, or null for an unkeyed registration.</param>
    /// <param name="section">What the options are bound to, or null.</param>
    /// <param name="configure">Sets further options, or null.</param>
    public IServiceCollection AddTo(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<TOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, LocalModelOptionsValidator<TOptions>>());
        string registration = services.AddRegistrationOptions(serviceKey, Binder.Setup(section, configure));

        services.AddKeyedSingleton(registration, (provider, _) => CreateInstance(provider, registration));
        services.AddKeyedSingleton(registration, (provider, _) => new RegisteredEncoder(Kind, serviceKey, token => WarmUp(Instance(provider, registration).Model, token)));
        services.AddSingleton(provider => Encoder(provider, registration));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EncoderDrain>());
        foreach (Type serviceType in ServiceTypes)
        {
            services.Add(new ServiceDescriptor(serviceType, serviceKey, (provider, _) => Instance(provider, registration).Service, ServiceLifetime.Singleton));
        }

        foreach ((Type serviceType, Func<TService, TOptions, object> derive) in DerivedServices)
        {
            services.Add(new ServiceDescriptor(
                serviceType, serviceKey, (provider, _) => derive(Instance(provider, registration).Service, Options(provider, registration)), ServiceLifetime.Singleton));
        }

        services.AddSingleton<IHostedService>(provider => new ModelWarmUp(cancellationToken => WarmUpAsync(provider, registration, cancellationToken)));
        return services;
    }

    private static TOptions Options(IServiceProvider provider, string registration) => provider.GetRequiredKeyedService<TOptions>(registration);

    private static ModelInstance<TService> Instance(IServiceProvider provider, string registration) => provider.GetRequiredKeyedService<ModelInstance<TService>>(registration);

    private static RegisteredEncoder Encoder(IServiceProvider provider, string registration) => provider.GetRequiredKeyedService<RegisteredEncoder>(registration);

    private ModelInstance<TService> CreateInstance(IServiceProvider provider, string registration)
    {
        TOptions options = Options(provider, registration);
        options.ModelId ??= options.ModelPath is null ? options.EmbeddedModel?.ModelId : null;
        ModelInstance<TService> instance = Create(options, provider);
        Encoder(provider, registration).Model = instance.Model as ILazyService;
        return instance;
    }

    private static Task WarmUpAsync(IServiceProvider provider, string registration, CancellationToken cancellationToken) =>
        Options(provider, registration).WarmUp ? Encoder(provider, registration).WarmUpAsync(cancellationToken) : Task.CompletedTask;
}
