namespace LocalRetrieval.Loading;

/// <summary>What the options of every local model have whose pipeline is built by <typeparamref name="TBuilder"/>.</summary>
internal interface ILocalModelOptions<TBuilder> : ILocalModelOptions
{
    Action<TBuilder>? Pipeline { get; }
}
