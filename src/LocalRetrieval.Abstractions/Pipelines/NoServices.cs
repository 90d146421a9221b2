namespace LocalRetrieval.Pipelines;

/// <summary>A provider of nothing, for pipelines that are built without one.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
