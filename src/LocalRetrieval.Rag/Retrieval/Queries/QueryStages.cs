using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Rag;

/// <summary>Makes stages that prepare queries.</summary>
internal static class QueryStages
{
    public static IQueryStage QueryRewriting(QueryRewritingOptions options, IChatClient? client, IServiceProvider services) =>
        new QueryRewriting(client is null && !IsRegistered(services, options) ? null : Chat(options, client, services), options);

    public static IQueryStage MultiQuery(MultiQueryOptions options, IChatClient? client, IServiceProvider services) =>
        new MultiQuery(RequireChat(options, client, services, nameof(QueryStageBuilderExtensions.UseMultiQuery)), options);

    public static IQueryStage HypotheticalDocument(HypotheticalDocumentOptions options, IChatClient? client, IServiceProvider services) =>
        new HypotheticalDocument(RequireChat(options, client, services, nameof(QueryStageBuilderExtensions.UseHypotheticalDocument)), options);

    private static QueryChat RequireChat(QueryStageOptions options, IChatClient? client, IServiceProvider services, string method) =>
        client is not null || IsRegistered(services, options) ? Chat(options, client, services) : throw new InvalidOperationException(
            $"{method} needs an {nameof(IChatClient)}, and none is registered{(options.ChatClientKey is { } key ? $" under the key '{key}'" : "")}. Pass one, or register one with AddChatClient.");

    private static QueryChat Chat(QueryStageOptions options, IChatClient? client, IServiceProvider services) => new(
        () => client ?? Resolve(options, services),
        options,
        services.GetService<ILoggerFactory>()?.CreateLogger("LocalRetrieval.Rag.PassageRetriever") ?? NullLogger.Instance);

    /// <summary>Whether there is a client, without making it: it may be made of the retriever that is being built.</summary>
    private static bool IsRegistered(IServiceProvider services, QueryStageOptions options) =>
        options.ChatClientKey is { } key
            ? services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IChatClient), key) == true
            : services.GetService<IServiceProviderIsService>()?.IsService(typeof(IChatClient)) == true;

    private static IChatClient Resolve(QueryStageOptions options, IServiceProvider services)
    {
        IChatClient client = options.ChatClientKey is { } key ? services.GetRequiredKeyedService<IChatClient>(key) : services.GetRequiredService<IChatClient>();
        return client.GetService<RetrievalChatClient>() is null ? client : throw new InvalidOperationException(
            $"The registered {nameof(IChatClient)} retrieves by itself and would call the stage that calls it. Pass the client inside of it, or register that under a key and set {nameof(QueryStageOptions.ChatClientKey)}.");
    }
}
