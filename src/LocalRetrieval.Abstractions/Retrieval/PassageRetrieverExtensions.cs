namespace LocalRetrieval;

/// <summary>Extensions of <see cref="IPassageRetriever"/>.</summary>
public static class PassageRetrieverExtensions
{
    /// <summary>Finds a service of type <typeparamref name="TService"/>, or null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static TService? GetService<TService>(this IPassageRetriever retriever, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return retriever.GetService(typeof(TService), serviceKey) is TService service ? service : default;
    }
}
