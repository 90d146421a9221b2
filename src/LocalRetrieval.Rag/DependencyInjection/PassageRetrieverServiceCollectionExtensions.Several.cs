using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Rag;

public static partial class PassageRetrieverServiceCollectionExtensions
{
    /// <summary>Adds a retriever over the collections <paramref name="collectionNames"/> of the registered vector store.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionNames">The names of the collections, which are searched as if they were one.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="collectionNames"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionNames"/> are none, or one is blank or there twice.</exception>
    public static IServiceCollection AddPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, IEnumerable<string> collectionNames, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, serviceKey: null, ToNames(collectionNames), section: null, configure);

    /// <summary>Adds a retriever over the collections <paramref name="collectionNames"/> of the registered vector store, with options from a configuration.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionNames">The names of the collections, which are searched as if they were one.</param>
    /// <param name="section">A section with properties of <see cref="PassageRetrieverOptions{TRecord}"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="collectionNames"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionNames"/> are none, or one is blank or there twice.</exception>
    public static IServiceCollection AddPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, IEnumerable<string> collectionNames, IConfiguration section, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, serviceKey: null, ToNames(collectionNames), Argument.NotNull(section), configure);

    /// <summary>Adds a keyed retriever over the collections <paramref name="collectionNames"/> of the registered vector store.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The retriever's key, by which its parts are looked for first.</param>
    /// <param name="collectionNames">The names of the collections, which are searched as if they were one.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="collectionNames"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionNames"/> are none, or one is blank or there twice.</exception>
    public static IServiceCollection AddKeyedPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, object serviceKey, IEnumerable<string> collectionNames, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, Argument.NotNull(serviceKey), ToNames(collectionNames), section: null, configure);

    /// <summary>Adds a keyed retriever over the collections <paramref name="collectionNames"/> of the registered vector store, with options from a configuration.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The retriever's key, by which its parts are looked for first.</param>
    /// <param name="collectionNames">The names of the collections, which are searched as if they were one.</param>
    /// <param name="section">A section with properties of <see cref="PassageRetrieverOptions{TRecord}"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/>, <paramref name="collectionNames"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionNames"/> are none, or one is blank or there twice.</exception>
    public static IServiceCollection AddKeyedPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services,
        object serviceKey,
        IEnumerable<string> collectionNames,
        IConfiguration section,
        Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, Argument.NotNull(serviceKey), ToNames(collectionNames), Argument.NotNull(section), configure);
}
