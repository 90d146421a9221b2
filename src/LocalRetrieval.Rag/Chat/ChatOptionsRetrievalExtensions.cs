using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Options of the retrieval of one chat request.</summary>
public static class ChatOptionsRetrievalExtensions
{
    /// <summary>The key of the retrieval's options in those of a request.</summary>
    internal const string Key = "localretrieval.retrieval";

    /// <summary>A copy of <paramref name="options"/> by which a <see cref="RetrievalChatClient"/> retrieves for this request.</summary>
    /// <remarks>They take the place of <see cref="RetrievalChatOptions.Retrieval"/>, and are taken out before the inner client sees the options.</remarks>
    /// <param name="options">The options of the request.</param>
    /// <param name="retrieval">How to retrieve: a filter (<see cref="RetrievalOptions{TRecord}"/>), how many passages. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="retrieval"/> is null.</exception>
    public static ChatOptions WithRetrieval(this ChatOptions options, RetrievalOptions retrieval)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(retrieval);
        ChatOptions copy = options.Clone();
        copy.AdditionalProperties = new(options.AdditionalProperties ?? []) { [Key] = retrieval.Clone() };
        return copy;
    }

    /// <summary>The options without those of the retrieval: themselves where they have none.</summary>
    /// <exception cref="ArgumentException">What stands for them is none.</exception>
    internal static ChatOptions? Take(ChatOptions? options, out RetrievalOptions? retrieval)
    {
        retrieval = null;
        if (options?.AdditionalProperties?.TryGetValue(Key, out object? value) != true)
        {
            return options;
        }

        retrieval = value as RetrievalOptions ?? throw new ArgumentException(
            $"The retrieval options of the request became {value?.GetType().Name ?? "null"} on their way, so that a filter would be lost. Set them where no more is serialized.",
            nameof(options));
        ChatOptions copy = options.Clone();
        copy.AdditionalProperties = options.AdditionalProperties.Count == 1 ? null : new(options.AdditionalProperties.Where(property => property.Key != Key));
        return copy;
    }
}
