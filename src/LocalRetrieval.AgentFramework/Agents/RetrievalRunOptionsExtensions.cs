using LocalRetrieval.Rag;
using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Options of the retrieval of one run.</summary>
public static class RetrievalRunOptionsExtensions
{
    /// <summary>A copy of <paramref name="options"/> by which an agent with <see cref="RetrievalAgentBuilderExtensions.UseRetrieval"/> retrieves for this run.</summary>
    /// <remarks>They take the place of <see cref="RetrievalChatOptions.Retrieval"/>, and are taken out before the model's client sees the options. With
    /// <see cref="RetrievalAgentOptions.ScopedRetrieval"/> they are refused. Without such an agent they are lost.</remarks>
    /// <param name="options">The options of the run.</param>
    /// <param name="retrieval">How to retrieve: a filter (<see cref="RetrievalOptions{TRecord}"/>), how many passages. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="retrieval"/> is null.</exception>
    public static AgentRunOptions WithRetrieval(this AgentRunOptions options, RetrievalOptions retrieval)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(retrieval);
        AgentRunOptions copy = options.Clone();
        copy.AdditionalProperties = new(options.AdditionalProperties ?? []) { [ChatOptionsRetrievalExtensions.Key] = retrieval.Clone() };
        return copy;
    }

    /// <summary>The options without those of the retrieval: themselves where they have none.</summary>
    /// <exception cref="ArgumentException">What stands for them is none.</exception>
    internal static AgentRunOptions? Take(AgentRunOptions? options, out RetrievalOptions? retrieval)
    {
        retrieval = null;
        if (options?.AdditionalProperties?.TryGetValue(ChatOptionsRetrievalExtensions.Key, out object? value) != true)
        {
            return options;
        }

        retrieval = value as RetrievalOptions ?? throw new ArgumentException(
            $"The retrieval options of the run became {value?.GetType().Name ?? "null"} on their way, so that a filter would be lost. Set them where no more is serialized.", nameof(options));
        AgentRunOptions copy = options.Clone();
        copy.AdditionalProperties = new(options.AdditionalProperties.Where(property => property.Key != ChatOptionsRetrievalExtensions.Key));
        return copy;
    }
}
