using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Adds retrieval to a server of the Model Context Protocol.</summary>
/// <remarks>
/// Where the services have a <see cref="PassageSync"/>, under the key where one is given, each call waits for its first run, and tells how far that is if the
/// client gave a progress token. Tools and resources of one key have the same options, whichever call sets them: a filter holds for all.
/// </remarks>
public static class RetrievalMcpServerBuilderExtensions
{
    /// <summary>Adds the tools <c>search</c>, <c>fetch</c> where the retriever gives an <see cref="ISourceReader"/>, and <c>ask</c> where the services have an <see cref="IChatClient"/>.</summary>
    /// <remarks>
    /// <para><c>search(query, top)</c> gives <c>{results: [{id, title, url}]}</c>, best first; <c>fetch(id, offset)</c> the source of such an id,
    /// <c>{id, title, text, url, metadata}</c>; <c>ask(question)</c> an answer with the sources that it cites. Each is structured content with a schema, and the same JSON as one
    /// text item. What is asked wrongly is answered by a tool error that says how to ask. A cancelled call ends the retrieval.</para>
    /// <para>An id is of the index, never a path or an address: nothing is read but what was indexed.</para>
    /// </remarks>
    /// <param name="builder">The server's builder.</param>
    /// <param name="configure">Sets the options, those of <see cref="WithSourceResources"/> too; null leaves them as they are.</param>
    /// <param name="serviceKey">The key of the retriever, and of the chat client where there is one with it; null for those without a key.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IMcpServerBuilder WithRetrievalTools(this IMcpServerBuilder builder, Action<RetrievalServerOptions>? configure = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RetrievalServerOptions options = Configure(builder, configure, serviceKey);

        // The server's options are made for each request of a stateless transport, the tools once.
        object registration = new();
        builder.Services.AddKeyedSingleton(registration, (services, _) => RetrievalTools.Create(services, new RetrievalServerOptions(options), serviceKey));
        builder.Services.AddOptions<McpServerOptions>().Configure<IServiceProvider>((server, services) =>
        {
            server.ToolCollection ??= [];
            foreach (McpServerTool tool in services.GetRequiredKeyedService<RetrievalTools>(registration).All)
            {
                server.ToolCollection.Add(tool);
            }
        });
        return builder;
    }

    /// <summary>Makes each source of a collection of <see cref="Passage"/> a resource: listed in pages, and read by its URI.</summary>
    /// <remarks>The store must sort by a property and compare texts in a filter, as <c>LocalVectorStore</c> does. It is the one of the services, and so is the <see cref="PassageIndexer"/>.</remarks>
    /// <param name="builder">The server's builder.</param>
    /// <param name="collectionName">The collection's name, with text keys.</param>
    /// <param name="configure">Sets the options, those of <see cref="WithRetrievalTools"/> too; null leaves them as they are. A filter must be one of <see cref="Passage"/>.</param>
    /// <param name="serviceKey">The key of retriever, indexer and store, each where there is one with it; null for those without a key.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IMcpServerBuilder WithSourceResources(
        this IMcpServerBuilder builder, string collectionName, Action<RetrievalServerOptions>? configure = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        RetrievalServerOptions options = Configure(builder, configure, serviceKey);
        object registration = new();
        builder.Services.AddKeyedSingleton(registration, (services, _) => SourceResources.Create(services, collectionName, new RetrievalServerOptions(options), serviceKey));
        return builder
            .WithListResourcesHandler((request, cancellationToken) => Resources(request).ListAsync(request, cancellationToken))
            .WithReadResourceHandler((request, cancellationToken) => Resources(request).ReadAsync(request, cancellationToken));

        SourceResources Resources(MessageContext request) => request.Services!.GetRequiredKeyedService<SourceResources>(registration);
    }

    /// <summary>The options of a key, of which tools and resources have the same: a filter that one of them lacked would be no filter.</summary>
    private static RetrievalServerOptions Configure(IMcpServerBuilder builder, Action<RetrievalServerOptions>? configure, object? serviceKey)
    {
        KeyedOptions keyed = builder.Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<KeyedOptions>().FirstOrDefault(keyed => Equals(keyed.ServiceKey, serviceKey))
            ?? Add(new KeyedOptions(serviceKey, new RetrievalServerOptions()));
        configure?.Invoke(keyed.Options);
        return keyed.Options;

        KeyedOptions Add(KeyedOptions created)
        {
            builder.Services.AddSingleton(created);
            return created;
        }
    }

    private sealed record KeyedOptions(object? ServiceKey, RetrievalServerOptions Options);
}
