using LocalRetrieval.Pipelines;

namespace LocalRetrieval;

/// <summary>Builds a pipeline of services around one, shaped like <c>Microsoft.Extensions.AI.EmbeddingGeneratorBuilder</c>.</summary>
/// <typeparam name="TService">The services.</typeparam>
/// <typeparam name="TBuilder">The builder itself.</typeparam>
/// <remarks>Not safe for concurrent use; what it builds is as safe as its parts.</remarks>
public abstract class PipelineBuilder<TService, TBuilder>
    where TService : class
    where TBuilder : PipelineBuilder<TService, TBuilder>
{
    // Without the mark of generic types, which code does not have.
    private static readonly string ServiceName = typeof(TService).Name.Split('`')[0];

    private readonly Func<IServiceProvider, TService> _innerFactory;
    private readonly List<Func<TService, IServiceProvider, TService>> _stages = [];

    private protected PipelineBuilder(TService inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _innerFactory = _ => inner;
    }

    private protected PipelineBuilder(Func<IServiceProvider, TService> innerFactory)
    {
        ArgumentNullException.ThrowIfNull(innerFactory);
        _innerFactory = innerFactory;
    }

    /// <summary>Adds a stage: the first one added is the outermost, which sees a call first.</summary>
    /// <param name="stageFactory">Makes the stage out of the service inside of it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stageFactory"/> is null.</exception>
    public TBuilder Use(Func<TService, TService> stageFactory)
    {
        ArgumentNullException.ThrowIfNull(stageFactory);
        return Use((inner, _) => stageFactory(inner));
    }

    /// <summary>Adds a stage that takes services: the first one added is the outermost, which sees a call first.</summary>
    /// <param name="stageFactory">Makes the stage out of the service inside of it and a provider of services.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stageFactory"/> is null.</exception>
    public TBuilder Use(Func<TService, IServiceProvider, TService> stageFactory)
    {
        ArgumentNullException.ThrowIfNull(stageFactory);
        _stages.Add(stageFactory);
        return (TBuilder)this;
    }

    /// <summary>Builds the pipeline; a further call builds a further one.</summary>
    /// <param name="services">The services that stages may take; null for none.</param>
    /// <returns>The outermost stage, or the inner service itself where there are no stages.</returns>
    /// <exception cref="InvalidOperationException">A factory returned null.</exception>
    public TService Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        TService service = _innerFactory(services) ?? throw new InvalidOperationException($"The factory of the inner {ServiceName} returned null.");
        for (int i = _stages.Count - 1; i >= 0; i--)
        {
            service = _stages[i](service, services)
                ?? throw new InvalidOperationException($"Stage {i} of the pipeline is null: what is passed to {nameof(Use)} must return the {ServiceName} that it makes.");
        }

        return service;
    }
}
