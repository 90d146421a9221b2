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

    /// <summary>A builder of a pipeline around <paramref name="retriever"/>.</summary>
    /// <param name="retriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static PassageRetrieverBuilder AsBuilder(this IPassageRetriever retriever)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return new PassageRetrieverBuilder(retriever);
    }

    /// <summary>A builder of a pipeline around <paramref name="retriever"/>, over its records.</summary>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="retriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> AsBuilder<TRecord>(this IPassageRetriever<TRecord> retriever)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return new PassageRetrieverBuilder<TRecord>(retriever);
    }
}
