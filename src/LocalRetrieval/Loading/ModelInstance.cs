namespace LocalRetrieval.Loading;

/// <summary>What one registration made: the model itself, and what the options' Pipeline made of it.</summary>
internal sealed class ModelInstance<TService>(TService model, TService service) : IDisposable
    where TService : class, IDisposable
{
    /// <summary>The model alone.</summary>
    public TService Model => model;

    /// <summary>What is registered.</summary>
    public TService Service => service;

    // A stage need not dispose what is inside of it.
    public void Dispose()
    {
        using (model)
        {
            service.Dispose();
        }
    }
}
