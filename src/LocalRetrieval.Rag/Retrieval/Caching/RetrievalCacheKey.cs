using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Writes down all that a result depends on but the retriever and its collection.</summary>
internal static class RetrievalCacheKey
{
    /// <summary>The key of a request; null where its result must not be shared: it has a filter and no scope, or options or a token counter that cannot be told apart.</summary>
    public static string? Of<TRecord>(string query, RetrievalOptions<TRecord>? options)
        where TRecord : class
    {
        if (options?.Filter is null)
        {
            return options is null || options.GetType() == typeof(RetrievalOptions<TRecord>) ? Write(query, options, filter: null) : null;
        }

        return options.CacheScope is not null && options.GetType() == typeof(RetrievalOptions<TRecord>) && FilterText.Of(options.Filter) is { } filter
            ? Write(query, options, filter)
            : null;
    }

    /// <summary>The key of a request without records. Options of a derived type may have a filter, and have none.</summary>
    public static string? Of(string query, RetrievalOptions? options) =>
        options is null || options.GetType() == typeof(RetrievalOptions) ? Write(query, options, filter: null) : null;

    private static string? Write(string query, RetrievalOptions? options, string? filter)
    {
        if (options?.Selection?.TokenCounter is not null)
        {
            return null;
        }

        StringBuilder key = new();
        Append(key, query);
        Append(key, JsonSerializer.Serialize(options ?? new RetrievalOptions(), RetrievalCacheJsonContext.Default.RetrievalOptions));
        Append(key, filter ?? "");
        foreach (ChatMessage message in options?.Conversation ?? [])
        {
            Append(key, message.Role.Value);
            Append(key, message.Text);
        }

        return key.ToString();
    }

    private static void Append(StringBuilder key, string part) => key.Append(part.Length).Append(':').Append(part);
}
