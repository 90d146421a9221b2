using System.Reflection;
using LocalRetrieval.DependencyInjection;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Loading;

/// <summary>A service that is a model, loaded on first use.</summary>
/// <remarks>
/// It has whatever services the model has. To answer, the model is loaded, but not for what it cannot have: another service than itself, such as
/// middleware, or a type of an assembly that encoders are not made of. Safe for concurrent use.
/// </remarks>
internal abstract class LazyService<TService> : ILazyService, IDisposable
    where TService : class, IDisposable
{
    private static readonly Type[] Services = [typeof(IEmbeddingGenerator), typeof(ITextReranker), typeof(IPassageRetriever), typeof(IChatClient)];

    private readonly LazyModel<TService> _model;
    private readonly LazyTokenCounter _tokenCounter;
    private readonly Type[] _modelTypes;
    private readonly HashSet<Assembly> _assemblies;

    /// <param name="load">Loads the model.</param>
    /// <param name="modelTypes">The classes that the model may be of, and the services that it gives beside itself.</param>
    protected LazyService(Func<TService> load, params Type[] modelTypes)
    {
        _model = new LazyModel<TService>(load);
        _tokenCounter = new LazyTokenCounter(() => (ITokenCounter?)GetService(_model.Get(), typeof(ITokenCounter))
            ?? throw new InvalidOperationException($"The model does not count tokens: {TypeNames.Of(_model.Get().GetType())} has no {nameof(ITokenCounter)}."));
        _modelTypes = modelTypes;
        _assemblies = [.. modelTypes.Select(type => type.Assembly), typeof(EncoderInfo).Assembly, typeof(EncoderOptions).Assembly, typeof(IEmbeddingGenerator).Assembly, typeof(Tokenizer).Assembly];
    }

    /// <summary>Gives metadata, as far as it is known, in place of a model that is not loaded: set while a pipeline is built, whose stages may ask when they are made.</summary>
    public Func<object>? Outline { get; set; }

    /// <inheritdoc />
    public bool IsLoaded => _model.Loaded is not null;

    /// <inheritdoc />
    public Exception? Failure => _model.Failure;

    /// <inheritdoc />
    public EncoderInfo? LoadedInfo => _model.Loaded is { } model ? (EncoderInfo?)GetService(model, typeof(EncoderInfo)) : null;

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ITokenCounter) ? _tokenCounter
            : !CanHave(serviceType) ? null
            : Outline?.Invoke() is { } outline && serviceType.IsInstanceOfType(outline) ? outline
            : GetService(_model.Get(), serviceType);
    }

    public void Dispose() => _model.Dispose();

    protected Task<TService> GetModelAsync(CancellationToken cancellationToken) => _model.GetAsync(cancellationToken);

    /// <summary>Asks the model itself.</summary>
    protected abstract object? GetService(TService model, Type serviceType);

    private bool CanHave(Type serviceType) => Array.Exists(Services, service => service.IsAssignableFrom(serviceType))
        ? Array.Exists(_modelTypes, serviceType.IsAssignableFrom)
        : _assemblies.Contains(serviceType.Assembly);
}
