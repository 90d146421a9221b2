namespace LocalRetrieval.Loading;

/// <summary>What one registration made: the model itself, and what the options' Wrap made of it.</summary>
/// <remarks>The container disposes it, and so the model, whether or not the wrapper does.</remarks>
internal sealed class ModelInstance<TService>(TService model, TService service) : IDisposable
    where TService : class, IDisposable
{
    /// <summary>The model, unwrapped.</summary>
    public TService Model => model;

    /// <summary>What is registered.</summary>
    public TService Service => service;

    public void Dispose() => model.Dispose();
}
